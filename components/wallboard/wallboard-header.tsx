'use client';

import { TriangleAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { useLasting, useLive } from '#components/layout/live.tsx';
import type { LiveState } from '#lib/queries/live.ts';
import { useNow } from './use-now.ts';

type Props = {
  liveSince: number;
  group: { id: string; name: string | null } | null;
  /** When the oldest of what is shown reached this browser, by its own clock. */
  asOf: number;
  /** Whether the last question was not answered. */
  failed: boolean;
};

/** What is asked for every minute is old after two and a half. */
const OLD_AFTER_MS = 150_000;
/** A short break is nobody's business. */
const SAID_AFTER_MS = 5_000;

/** What the wall is of, the time, and whether what it shows is true. */
export function WallboardHeader({ liveSince, group, asOf, failed }: Props) {
  const t = useTranslations('wallboard');
  const time = useTime();
  const now = useNow();
  const state = useLive(liveSince);
  const trouble = useTrouble(state, failed, now !== null && now - asOf > OLD_AFTER_MS);
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-8 gap-y-1">
      <div className="min-w-0">
        <h1 className="device-text line-clamp-2 font-semibold text-[length:calc(1.1rem+1.3vw)] leading-tight">
          {group === null ? t('all') : (group.name ?? t('group', { id: group.id }))}
        </h1>
        <div role="status" className="min-h-[1.4em] text-[length:calc(0.85rem+0.75vw)] leading-snug">
          {trouble ? (
            <p className="flex items-center gap-2 rounded bg-text px-3 font-semibold text-canvas">
              <TriangleAlert aria-hidden className="size-[1.1em] shrink-0" />
              {now === null ? t(trouble) : t(`${trouble}Since`, { time: time(asOf) })}
            </p>
          ) : (
            <p className="text-quiet" aria-live="off">
              {now === null ? t('live') : t('asOf', { time: time(asOf) })}
            </p>
          )}
        </div>
      </div>
      <p className="whitespace-nowrap font-semibold text-[length:calc(1.3rem+2.2vw)] leading-none">
        <span className="sr-only">{t('clock')} </span>
        {now === null ? '--:--' : <time dateTime={new Date(now).toISOString()}>{time(now, true)}</time>}
      </p>
    </header>
  );
}

/** Why the counts may be out of date; null while they are not. */
function useTrouble(state: LiveState, failed: boolean, old: boolean): 'lost' | 'signedOut' | 'old' | null {
  const lost = useLasting(state === 'lost' || failed, SAID_AFTER_MS);
  if (state === 'signed-out') return 'signedOut';
  if (lost) return 'lost';
  return old ? 'old' : null;
}

/** A moment as hours and minutes of the reader's zone, with seconds where it is of what is shown. */
function useTime(): (at: number, short?: boolean) => string {
  const locale = useLocale();
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return (at, short = false) =>
    new Date(at).toLocaleTimeString(locale, short ? clock : { ...clock, second: '2-digit' });
}
