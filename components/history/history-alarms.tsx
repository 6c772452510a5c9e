'use client';

import { BellRing } from 'lucide-react';
import type { HistoryAnswer, ShownDeviceAlarm } from '#lib/api/history/history-answers.ts';
import { ALARM_RULES } from '#lib/domain/events/device-event.ts';
import { useHistoryTexts } from './use-history-texts.ts';

/** The alarms of the window with how long each stood, newest first, and how far events can be trusted. */
export function HistoryAlarms({ history: { alarms, push, watchedSince } }: { history: HistoryAnswer }) {
  const { t, time } = useHistoryTexts();
  const looks = push.agreed + push.missed;
  return (
    <section aria-label={t('alarms.title')} className="min-w-0">
      <h3 className="font-semibold text-quiet text-small">{t('alarms.title')}</h3>
      {alarms.length === 0 && <p className="mt-1">{t('alarms.none')}</p>}
      <ul className="mt-1 divide-y divide-line">
        {alarms.map((alarm) => (
          <AlarmRow key={`${alarm.rule} ${alarm.from} ${alarm.to} ${alarm.processingAt}`} alarm={alarm} />
        ))}
      </ul>
      <p className="mt-2 text-quiet text-small">
        {watchedSince === null ? t('push.unwatched') : t('push.watched', { since: time(watchedSince) })}{' '}
        {looks > 0 && t('push.trust', { agreed: push.agreed, looks })}
      </p>
    </section>
  );
}

function AlarmRow({
  alarm: { rule, level, description, from, to, processingAt },
}: {
  alarm: ShownDeviceAlarm;
}) {
  const { t, time, length } = useHistoryTexts();
  const known = ALARM_RULES.find((each) => each === rule);
  const standing = to === null;
  const lasted = () => {
    if (from === null) return to === null ? t('alarms.unknown') : t('alarms.ended', { to: time(to) });
    if (to === null) return t('alarms.stands', { from: time(from) });
    const stood = length(Date.parse(to) - Date.parse(from));
    return t('alarms.stretch', { from: time(from), to: time(to), length: stood });
  };
  return (
    <li className="py-1.5">
      <p className="flex flex-wrap items-center gap-x-2">
        {standing && <BellRing aria-hidden className="size-4 shrink-0" />}
        <span className={`device-text ${standing ? 'font-semibold' : 'font-medium'}`}>
          {known ? t(`rule.${known}`) : rule}
        </span>
        {level === 'serious' && <span className="text-small">{t('alarms.serious')}</span>}
      </p>
      <p className="text-quiet">
        {lasted()}
        {standing && processingAt !== null && ` · ${t('alarms.processing', { at: time(processingAt) })}`}
      </p>
      {typeof description === 'string' && <p className="device-text line-clamp-3">{description}</p>}
    </li>
  );
}
