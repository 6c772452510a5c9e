'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useChinaDay } from '#components/budget/use-china-day.ts';
import { Part } from '#components/diagnostics/section.tsx';
import { When } from '#components/diagnostics/server-now.tsx';
import { Fact, FactList } from '#components/ui/fact-list.tsx';
import { useProblemWords } from '#components/ui/problem-panel.tsx';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import type { ServiceAnswer } from '#lib/domain/diagnostics/system-answer.ts';

type Events = ServiceAnswer['events'];

/** How events come in, what they cost of their allowance, how true they were, and the newest. */
export function EventsPart({ events }: { events: Events }) {
  const say = useTranslations('service.events');
  const { agreed, missed } = events.trust;
  return (
    <Part title={say('title')} note={say('why')}>
      <FactList>
        <Fact label={say('connection')}>
          <Connection events={events} />
        </Fact>
        <Fact label={say('lastEvent')}>
          {events.newest[0] ? <When iso={events.newest[0].receivedAt} /> : say('never')}
        </Fact>
        <Fact label={say('pushed')}>
          <Pushes events={events} />
        </Fact>
        <Fact label={say('trust')}>
          {agreed + missed === 0 ? say('trustNone') : say('trustOf', { agreed, total: agreed + missed })}
        </Fact>
      </FactList>
      {events.door === 'off' && <p className="mt-3 text-quiet">{say('offCure')}</p>}
      <h3 className="mt-4 font-semibold text-quiet text-small">{say('newest')}</h3>
      <Newest events={events} />
    </Part>
  );
}

function Connection({ events: { door, stream, held } }: { events: Events }) {
  const say = useTranslations('service.events');
  const words = useProblemWords();
  if (door !== 'stream') return say(`door.${door}`);
  if (!stream) return `${say('door.stream')} · ${say(held ? 'state.elsewhere' : 'state.none')}`;
  return (
    <span>
      {say('door.stream')}
      {' · '}
      <span className="font-medium">{say(`state.${stream.state}`)}</span>{' '}
      {say.rich('since', { when: () => <When iso={stream.since} /> })}
      {stream.problem !== null && (
        <span className="block text-quiet">
          {words({ reason: stream.problem }).title}. {words({ reason: stream.problem }).hint}
        </span>
      )}
      {stream.retryAt !== null && (
        <span className="block text-quiet">
          {say.rich('retry', { when: () => <When iso={stream.retryAt ?? ''} /> })}
        </span>
      )}
    </span>
  );
}

function Pushes({ events }: { events: Events }) {
  const { pushed, pushedEvents, robotMessages, limit, expected, endsAt, digestMinutes } = events;
  const say = useTranslations('service.events');
  const day = useChinaDay();
  return (
    <span>
      {say('pushedOf', { n: pushed, limit })}
      {pushed > 0 && (
        <span className="block text-quiet">
          {say('pushedBy', { events: pushedEvents, robots: robotMessages })}
        </span>
      )}
      {pushed > 0 && (
        <span className="block text-quiet">
          {pushed >= limit
            ? say('usedUp')
            : endsAt === null
              ? say('lasts', { expected })
              : say('ends', { day: day(endsAt) })}
        </span>
      )}
      {digestMinutes !== null && <span className="block">{say('digest', { minutes: digestMinutes })}</span>}
    </span>
  );
}

function Newest({ events: { newest } }: { events: Events }) {
  const say = useTranslations('service.events');
  if (newest.length === 0) return <p className="mt-1 text-quiet">{say('none')}</p>;
  return (
    <ul className="mt-1 divide-y divide-line">
      {newest.map(({ eventId, type, deviceId, receivedAt, outcome }) => (
        <li key={eventId} className="py-1.5">
          <span className="flex flex-wrap items-baseline gap-x-3">
            <code className="device-text min-w-0 font-mono text-small">{type}</code>
            <span className="text-quiet">{say(`outcome.${outcome}`)}</span>
            <span className="ml-auto text-quiet">
              <When iso={receivedAt} />
            </span>
          </span>
          {deviceId === null ? (
            <span className="text-quiet text-small">{say('noDevice')}</span>
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
