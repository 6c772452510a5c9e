import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Moment } from '#components/ui/moment.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import { isConcealed } from '#lib/domain/conceal.ts';
import { devicePath } from '#lib/domain/device-ref.ts';
import type { FleetController } from '#lib/domain/fleet.ts';
import type { FleetRow } from '#lib/domain/fleet-answer.ts';
import { firstSeenAt } from '#lib/queries/first-seen.ts';
import { StateIcon, StateWord, useStateWord } from './state-icon.tsx';

/**
 * A device in one line: its name, its state and for how long, and its controllers behind it. Speaks from the parts
 * `lasting` and `list` of the words beside what travels with every page.
 */
export function UnitAtAGlance({ device }: { device: FleetRow }) {
  return (
    <div className="flex min-h-7 min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5">
      <span className="flex min-w-0 max-w-full items-center gap-1.5">
        <StateIcon state={device.status.state} />
        <UnitLink device={device} />
      </span>
      <UnitState device={device} />
      {device.controllers.length > 0 && <ControllersAtAGlance controllers={device.controllers} />}
    </div>
  );
}

/** The device's name, leading to its page where this reader knows an id that leads there. */
export function UnitLink({ device }: { device: FleetRow }) {
  const say = useTranslations('device');
  const path = unitPath(device);
  const name = device.name ?? device.deviceId ?? say('unnamed');
  const className = 'device-text line-clamp-1 min-w-0 break-all font-medium';
  if (path === null) return <span className={className}>{name}</span>;
  return (
    <Link
      href={path}
      prefetch={false}
      title={name}
      className={`${className} text-accent underline underline-offset-2`}
    >
      {name}
    </Link>
  );
}

/** Where a device's page is; null where this reader may not know any of its ids. */
export function unitPath({ deviceId, unionId }: Pick<FleetRow, 'deviceId' | 'unionId'>) {
  if (deviceId !== null) return devicePath({ by: 'deviceId', id: deviceId });
  if (unionId === null || isConcealed(unionId)) return null;
  return devicePath({ by: 'unionId', id: unionId });
}

/** The state's word, for how long it has been so, and how old that knowledge is. */
function UnitState({ device }: { device: FleetRow }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <StateWord status={device.status} />
      <span className="text-quiet text-small">
        <UnitAges device={device} />
      </span>
    </span>
  );
}

/** For how long a device has been as it is, and when it was last read. Nothing where it never was. */
export function UnitAges({ device }: { device: FleetRow }) {
  const say = useTranslations('lasting');
  const { goneAt, stateSince, observedAt, ageMs } = device;
  if (goneAt !== null) return say.rich('goneSince', { moment: () => <Moment iso={goneAt} /> });
  if (observedAt === null || ageMs === null) return null;
  const receivedAt = firstSeenAt(device);
  // Both moments are the server's own, so their distance is true whatever the clock here says.
  const lastedMs = stateSince === null ? 0 : Date.parse(observedAt) - Date.parse(stateSince);
  return (
    <>
      {stateSince !== null && lastedMs > 0 && (
        <>
          {say.rich('for', {
            span: () => (
              <ShortAge as="span" at={stateSince} ageMs={ageMs + lastedMs} receivedAt={receivedAt} />
            ),
          })}
          {' · '}
        </>
      )}
      {say.rich('seen', {
        age: () => <ShortAge as="age" at={observedAt} ageMs={ageMs} receivedAt={receivedAt} />,
      })}
    </>
  );
}

/** The panels of a unit, each by its state and, where there is room, its name. */
function ControllersAtAGlance({ controllers }: { controllers: FleetController[] }) {
  const say = useTranslations('device');
  const word = useStateWord();
  return (
    <ul aria-label={say('controllers')} className="flex min-w-0 flex-wrap items-center gap-x-3 text-small">
      {controllers.map(({ name, status }, index) => {
        const called = name ?? say('controllerUnnamed');
        return (
          // DingTalk may name two controllers alike or not at all, so their place in the answer is their key.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
          <li key={index} className="min-w-0" title={`${called}: ${word(status.state, status.raw)}`}>
            <span className="inline-flex min-w-0 max-w-full items-center gap-1 text-quiet">
              <StateIcon state={status.state} className="size-3.5" />
              <span className="device-text line-clamp-1 max-w-48 break-all">{called}</span>
              <span className="sr-only">{word(status.state, status.raw)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
