import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Lasting, ListAge } from '#components/ui/list-age.tsx';
import { Moment } from '#components/ui/moment.tsx';
import { isConcealed } from '#lib/domain/conceal.ts';
import { devicePath } from '#lib/domain/device-ref.ts';
import type { FleetController } from '#lib/domain/fleet.ts';
import type { FleetRow } from '#lib/domain/fleet-answer.ts';
import { StateIcon, StateWord, useStateWord } from './state-icon.tsx';

/** A device in one line: its name, its state and for how long, and its controllers behind it. */
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
  const { goneAt, stateSince, observedAt } = device;
  if (goneAt !== null) return say.rich('goneSince', { moment: () => <Moment iso={goneAt} /> });
  if (observedAt === null) return null;
  return (
    <>
      {stateSince !== null && stateSince !== observedAt && (
        <>
          <Lasting of={device} since={stateSince} />
          {' · '}
        </>
      )}
      {say.rich('seen', { age: () => <ListAge of={device} /> })}
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
