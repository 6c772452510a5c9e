'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { When } from '#components/diagnostics/server-now.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';

type Round = ServiceAnswer['round'];

/** The round by which the desk looks at devices by itself: whether it goes on, how fast, and where next. */
export function RoundPart({ round }: { round: Round }) {
  const t = useTranslations('admin.round');
  const words = useErrorTexts();
  const { on, pausedBy, resumesAt, due, paceMs, next } = round;
  const paused = pausedBy && words({ reason: pausedBy });
  return (
    <Part title={t('title')} note={t('why')}>
      <p className="font-medium">
        {on ? (paused ? t('paused', { title: paused.title }) : t('on')) : t('off')}
      </p>
      {!on && <p className="text-quiet">{t('offCure')}</p>}
      {on && paused && <p className="max-w-[44rem] text-quiet">{paused.hint}</p>}
      {on && resumesAt !== null && (
        <p className="max-w-[44rem] text-quiet">
          {t.rich('resumes', { when: () => <When iso={resumesAt} past={t('dueNow')} /> })}
        </p>
      )}
      {on && !paused && (
        <p className="text-quiet">
          {t('due', { count: due })}
          {paceMs !== null && ` · ${pace(paceMs)}`}
        </p>
      )}
      {next.length > 0 && <NextChecks next={next} />}
    </Part>
  );

  function pace(ms: number): string {
    const seconds = Math.max(1, Math.round(ms / 1_000));
    return seconds < 120
      ? t('paceSeconds', { n: seconds })
      : t('paceMinutes', { n: Math.round(seconds / 60) });
  }
}

function NextChecks({ next }: { next: Round['next'] }) {
  const t = useTranslations('admin.round');
  return (
    <>
      <h3 className="mt-4 font-semibold text-quiet text-small">{t('next')}</h3>
      <ul className="mt-2 divide-y divide-line border-line border-y">
        {next.map(({ key, deviceId, name, at, reason }) => (
          <li
            key={key}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-1.5 sm:grid-cols-[minmax(0,1fr)_7rem_5.5rem]"
          >
            {deviceId === null ? (
              <span className="device-text line-clamp-2">{name ?? t('unread')}</span>
            ) : (
              <Link
                href={devicePath({ by: 'deviceId', id: deviceId })}
                prefetch={false}
                className="device-text line-clamp-2 text-accent underline underline-offset-2"
              >
                {name ?? deviceId}
              </Link>
            )}
            <span className="col-start-1 text-quiet sm:col-start-2 sm:row-start-1">
              {t(`reason.${reason}`)}
            </span>
            <span className="col-start-2 row-start-1 text-right text-quiet sm:col-start-3">
              <When iso={at} past={t('dueNow')} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
