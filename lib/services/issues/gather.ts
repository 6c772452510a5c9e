import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { isCurrent } from '#lib/domain/devices/status-currency.ts';
import { alarmEpisodes } from '#lib/domain/history/alarm-episodes.ts';
import type { AlarmMark, MarkSource } from '#lib/domain/history/status-mark.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { FleetIndex } from '#lib/services/inventory/index/fleet-index.ts';
import type { Around } from '#lib/store/inventory/surroundings.ts';
import type { Sharing, Subject } from './subject.ts';
import { surroundings } from './surroundings.ts';

/** What stands where there is no address: nobody shares it. */
const NO_ADDRESS = new Set(['000000000000', 'ffffffffffff', '0.0.0.0', '::']);

/** What is known of a device: a reading with what events told of it since. */
export type Known = Pick<Reading, 'observedAt' | 'source'> & {
  device: Device;
  overrides: { field: string; at: number }[];
};

/** Leaves out the facts that are not for whoever asks. */
type Hear = <T extends { source: MarkSource; at: number }>(facts: T[]) => T[];

/** What of a device's past whoever asks may know, and until when. */
type Hearing = { hear: Hear; until: number };

const ALL: Hearing = { hear: (facts) => facts, until: Number.POSITIVE_INFINITY };

/** Everything that says what may be wrong with a device, by what this desk has written down. */
export async function subjectOf(
  { store, inventory, clock }: Pick<ServiceContext, 'store' | 'clock' | 'inventory'>,
  ref: DeviceRef,
  known: Known,
  { hear, until }: Hearing = ALL,
): Promise<Subject> {
  const { device } = known;
  const [around, view] = await Promise.all([
    store.aroundDevice(ref, device.room?.id ?? null),
    inventory.current(),
  ]);
  const { room, shared, changes, states, alarms, versions } = around;
  const { fleet } = view;
  const seenAt = Math.max(known.observedAt, ...known.overrides.map(({ at }) => at));
  const own = { key: around.key ?? '', device, observedAt: known.observedAt };
  return {
    ...known,
    ...surroundings(view, versions, own),
    now: clock.now(),
    current: isCurrent({ state: device.status.state, seenAt }, fleet.judged),
    standing: fleet.get(own.key)?.device.issues ?? [],
    roomName: room && room.removedAt === null ? room.name : null,
    sharing: eachOnce(shared).flatMap((each) => sharingOf(each, fleet)),
    states: hear(states),
    changes: hear(changes),
    alarms: currentIssues(alarms.filter(({ at }) => at <= until)),
  };
}

/** Two devices may share more than one MAC, which is one thing to know. */
const eachOnce = (shared: Around['shared']): Around['shared'] => [
  ...new Map(shared.map((each) => [`${each.kind} ${each.other.key}`, each])).values(),
];

function sharingOf({ kind, value, other }: Around['shared'][number], fleet: FleetIndex): Sharing[] {
  const { deviceId, name, state, observedAt, source } = other;
  if (NO_ADDRESS.has(value ?? '') || observedAt === null || source === null) return [];
  const current = fleet.get(other.key)?.current ?? true;
  return [{ kind, other: { deviceId, name, offline: state === 'offline', current, observedAt, source } }];
}

function currentIssues(marks: AlarmMark[]): Subject['alarms'] {
  return alarmEpisodes(marks)
    .filter(({ to }) => to === null)
    .map(({ rule, level, from, processingAt }) => ({ rule, level, since: from ?? processingAt ?? 0 }));
}
