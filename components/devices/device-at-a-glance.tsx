import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { StateIcon, useStatusText } from '#components/history/status-icon.tsx';
import { usePathThen } from '#components/ui/as-of.tsx';
import { CutText } from '#components/ui/cut-text.tsx';
import { Moment } from '#components/ui/moment.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { ageAt, lastUpdateOf } from '#lib/domain/devices/last-update.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { RowStatus } from './device-status.tsx';

/**
 * A device at a glance: its name and state on one line, its controllers and how old that is below. Speaks from the
 * parts `lasting` and `list` of the words beside what travels with every page.
 */
export function UnitAtAGlance({ device }: { device: FleetRow }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4">
      <span className="flex min-h-7 min-w-0 items-center gap-1.5">
        <StateIcon state={device.status.state} current={device.status.current} />
        <UnitLink device={device} />
      </span>
      <span className="flex min-h-7 items-center justify-end gap-1.5">
        <span className="max-w-40 truncate" title={device.status.raw ?? undefined}>
          <RowStatus device={device} />
        </span>
        <StateAge device={device} />
      </span>
      <ControllersAtAGlance controllers={device.controllers} />
      <span className="text-right text-quiet text-small">
        <UnitSeen device={device} />
      </span>
    </div>
  );
}

/** The device's name, leading to its page where this reader knows an id that leads there. */
export function UnitLink({ device }: { device: FleetRow }) {
  const t = useTranslations('device');
  const pathThen = usePathThen();
  const path = devicePathOf(device);
  const name = device.name ?? device.deviceId ?? t('unnamed');
  const removed = device.removedAt === null ? '' : 'line-through';
  const text = <CutText text={name} className={removed} />;
  if (path === null) return <span className="flex min-w-0 font-medium">{text}</span>;
  return (
    <Link
      href={pathThen(path)}
      prefetch={false}
      className="flex min-w-0 font-medium text-accent no-underline hover:underline"
    >
      {text}
    </Link>
  );
}

/** Where a device's page is; null where this reader may not know any of its ids. */
export function devicePathOf({ deviceId, unionId }: Pick<FleetRow, 'deviceId' | 'unionId'>) {
  if (deviceId !== null) return devicePath({ by: 'deviceId', id: deviceId });
  if (unionId === null || isConcealed(unionId)) return null;
  return devicePath({ by: 'unionId', id: unionId });
}

/** For how long a device has been as it is. Nothing where one reading alone says so. */
export function StateAge({ device }: { device: FleetRow }) {
  const lasted = stateLasted(device);
  return lasted && lasted.atReadingMs !== 0 ? <Lasted device={device} /> : null;
}

/** For how long a device has been as it is, also where one reading alone says so. */
export function Lasted({ device }: { device: FleetRow }) {
  const lasted = stateLasted(device);
  if (!lasted) return null;
  return (
    <span className="shrink-0 text-quiet text-small">
      <ShortAge as="span" at={lasted.since} ageMs={lasted.ageMs} receivedAt={firstSeenAt(device)} />
    </span>
  );
}

/** Since when a device is as it is, how long that was when it was last read, and when the server answered. */
export function stateLasted({ status, removedAt, stateSince, observedAt, ageMs }: FleetRow) {
  // For how long it has been so is not known of a status that may hold no longer.
  if (!status.current || removedAt !== null || stateSince === null || observedAt === null || ageMs === null)
    return null;
  // Both moments are the server's own, so their distance is true whatever the clock here says.
  const atReadingMs = Date.parse(observedAt) - Date.parse(stateSince);
  return { since: stateSince, atReadingMs, ageMs: ageAt(stateSince, { observedAt, ageMs }) };
}

/** When a device was last read or told of, or since when it is gone. */
export function UnitSeen({ device }: { device: FleetRow }) {
  const t = useTranslations('lasting');
  const { removedAt } = device;
  if (removedAt !== null) return t.rich('goneSince', { moment: () => <Moment iso={removedAt} /> });
  const update = lastUpdateOf(device);
  if (update === null) return null;
  return t.rich(update.by === 'event' ? 'event' : 'seen', {
    age: () => <ShortAge as="age" at={update.at} ageMs={update.ageMs} receivedAt={firstSeenAt(device)} />,
  });
}

/** The panels of a unit, each by its state and its name. */
function ControllersAtAGlance({ controllers }: { controllers: FleetRow['controllers'] }) {
  const t = useTranslations('device');
  const word = useStatusText();
  if (controllers.length === 0) return <span />;
  return (
    <ul aria-label={t('controllers')} className="flex min-w-0 flex-wrap gap-x-3 pl-5.5 text-quiet text-small">
      {controllers.map(({ name, status }, index) => {
        const state = word(status.state, status.raw, status.current);
        return (
          // DingTalk may name two controllers alike or not at all, so their place in the answer is their key.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
          <li key={index} className="flex min-w-0 max-w-full items-center gap-1" title={state}>
            <StateIcon state={status.state} current={status.current} className="size-3.5" />
            <CutText text={name ?? t('controllerUnnamed')} />
            <span className="sr-only">{state}</span>
          </li>
        );
      })}
    </ul>
  );
}
