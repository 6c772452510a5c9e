'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useChinaDay } from '#components/budget/use-china-day.ts';
import { LastKnownNotice } from '#components/diagnostics/last-known-notice.tsx';
import { Part } from '#components/diagnostics/section.tsx';
import { When } from '#components/diagnostics/server-now.tsx';
import { Fact, FactList } from '#components/ui/fact-list.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';

type Events = ServiceAnswer['events'];

/** How events come in, what they cost of their allowance, how true they were, and the newest. */
export function EventsPart({ events }: { events: Events }) {
  const t = useTranslations('admin.events');
  const { agreed, missed } = events.trust;
  return (
    <Part title={t('title')} note={t('why')}>
      <FactList>
        <Fact label={t('connection')}>
          <Connection events={events} />
        </Fact>
        <Fact label={t('lastEvent')}>
          {events.newest[0] ? <When iso={events.newest[0].receivedAt} /> : t('never')}
        </Fact>
        <Fact label={t('pushed')}>
          <Pushes events={events} />
        </Fact>
        <Fact label={t('trust')}>
          {agreed + missed === 0 ? t('trustNone') : t('trustOf', { agreed, total: agreed + missed })}
        </Fact>
      </FactList>
      <LastKnownNotice events={events} />
      <h3 className="mt-4 font-semibold text-quiet text-small">{t('newest')}</h3>
      <Newest events={events} />
    </Part>
  );
}

function Connection({ events: { transport, stream, held } }: { events: Events }) {
  const t = useTranslations('admin.events');
  const words = useErrorTexts();
  if (transport !== 'stream') return t(`transport.${transport}`);
  if (!stream) return `${t('transport.stream')} · ${t(held ? 'state.elsewhere' : 'state.none')}`;
  return (
    <span>
      {t('transport.stream')}
      {' · '}
      <span className="font-medium">{t(`state.${stream.state}`)}</span>{' '}
      {t.rich('since', { when: () => <When iso={stream.since} /> })}
      {stream.problem !== null && (
        <span className="block text-quiet">
          {words({ reason: stream.problem }).title}. {words({ reason: stream.problem }).hint}
        </span>
      )}
      {stream.retryAt !== null && (
        <span className="block text-quiet">
          {t.rich('retry', { when: () => <When iso={stream.retryAt ?? ''} /> })}
        </span>
      )}
    </span>
  );
}

function Pushes({ events }: { events: Events }) {
  const { pushed, pushedEvents, robotMessages, limit, expected, endsAt, digestMinutes } = events;
  const t = useTranslations('admin.events');
  const day = useChinaDay();
  return (
    <span>
      {t('pushedOf', { n: pushed, limit })}
      {pushed > 0 && (
        <span className="block text-quiet">
          {t('pushedBy', { events: pushedEvents, robots: robotMessages })}
        </span>
      )}
      {pushed > 0 && (
        <span className="block text-quiet">
          {pushed >= limit
            ? t('usedUp')
            : endsAt === null
              ? t('lasts', { expected })
              : t('ends', { day: day(endsAt) })}
        </span>
      )}
      {digestMinutes !== null && <span className="block">{t('digest', { minutes: digestMinutes })}</span>}
    </span>
  );
}

function Newest({ events: { newest } }: { events: Events }) {
  const t = useTranslations('admin.events');
  if (newest.length === 0) return <p className="mt-1 text-quiet">{t('none')}</p>;
  return (
    <ul className="mt-1 divide-y divide-line">
      {newest.map(({ eventId, type, deviceId, receivedAt, outcome }) => (
        <li key={eventId} className="py-1.5">
          <span className="flex flex-wrap items-baseline gap-x-3">
            <code className="device-text min-w-0 font-mono text-small">{type}</code>
            <span className="text-quiet">{t(`outcome.${outcome}`)}</span>
            <span className="ml-auto text-quiet">
              <When iso={receivedAt} />
            </span>
          </span>
          {deviceId === null ? (
            <span className="text-quiet text-small">{t('noDevice')}</span>
          ) : (
            <Link
              href={devicePath({ by: 'deviceId', id: deviceId })}
              prefetch={false}
              className="device-text font-mono text-accent text-small underline underline-offset-2"
            >
              {deviceId}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
