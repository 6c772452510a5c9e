'use client';

import { useMemo } from 'react';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import type { HistoryAnswer } from '#lib/api/history/history-answers.ts';
import { shareOf } from '#lib/domain/history/share-of.ts';
import type { TimelineItem } from '#lib/domain/history/timeline.ts';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import { lengthUnits } from '#lib/domain/text/length-units.ts';
import { useStatusText } from './status-icon.tsx';

/** How a history is told in the reader's language and zone. It is drawn in the browser alone, which knows the zone. */
export function useHistoryTexts() {
  const t = useTranslations('history');
  const format = useFormatter();
  const state = useStatusText();
  const locale = useLocale();
  const moments = useMemo(() => {
    const day = { day: 'numeric', month: 'short' } as const;
    const hour = { hour: '2-digit', minute: '2-digit' } as const;
    const written = locale === 'en' ? 'en-GB' : locale;
    return {
      time: new Intl.DateTimeFormat(written, { ...day, ...hour }),
      day: new Intl.DateTimeFormat(written, day),
      hour: new Intl.DateTimeFormat(written, hour),
    };
  }, [locale]);
  /** "24 Nov, 09:14", of a moment in ISO 8601 or in milliseconds since the epoch. */
  const time = (at: string | number) => moments.time.format(new Date(at));
  const length = (ms: number) =>
    lengthUnits(ms)
      .map(({ unit, n }) => t(`length.${unit}`, { n }))
      .join(' ');
  const percent = (share: number) => format.number(share, { style: 'percent', maximumFractionDigits: 1 });
  const lasted = (name: FleetState, ms: number, ofMs: number) =>
    ms > 0
      ? t('lasted', { state: state(name), share: percent(shareOf(ms, ofMs)) })
      : t('momentary', { state: state(name) });
  const figures = ({ observedMs, onlineMs, windowMs }: HistoryAnswer['uptime']) => {
    const observed = percent(shareOf(observedMs, windowMs));
    if (observedMs === 0) return t('observed', { share: observed });
    return t('figures', { observed, online: percent(shareOf(onlineMs, observedMs)) });
  };
  const item = ({ state: name, from, to, source }: TimelineItem) => {
    const named = { state: state(name), from: time(from), to: time(to), length: length(to - from) };
    if (source === null) return t('item.gap', named);
    const how = t(`source.${source}`);
    if (from === to) return t('item.moment', { state: named.state, at: named.from, source: how });
    return t('item.stretch', { ...named, source: how });
  };
  const day = (at: number) => moments.day.format(at);
  const hour = (at: number) => moments.hour.format(at);
  return { t, state, time, day, hour, length, figures, lasted, item };
}
