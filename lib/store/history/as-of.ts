import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom, RoomGroup } from '#lib/domain/rooms/room.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { ALL, type VersionKind, versionedKeys, versionsAt } from './list-versions.ts';

/** What lists showed at a moment, milliseconds since the epoch. When the desk meant to look at a device is not kept. */
export type PastStore = {
  /** Devices in the order of their keys, from after one on. */
  devicesThen(at: number, after: string | null, limit: number): Promise<FleetDevice[]>;
  roomsThen(at: number, after: string | null, limit: number): Promise<KnownRoom[]>;
  roomGroupsThen(at: number): Promise<RoomGroup[]>;
  /** Since when it is known what lists showed; null in an empty database. */
  knownSince(): Promise<number | null>;
};

/** See `PastStore`. Bodies were written by `list-versions.ts` alone, so their JSON is trusted. */
export function pastStore({ db }: Engine): PastStore {
  /** Pages of what was in a list then: a key may have been in none yet, or not any more. */
  const then = async <T>(kind: VersionKind, at: number, after: string | null, limit: number) => {
    const found: T[] = [];
    for (let from = after ?? ''; found.length < limit; ) {
      const keys = await versionedKeys(db, kind, from, limit - found.length);
      for (const { body } of await versionsAt(db, kind, keys, at)) {
        if (body !== null) found.push(JSON.parse(body) as T);
      }
      const last = keys.at(-1);
      if (last === undefined) break;
      from = last;
    }
    return found;
  };
  return {
    devicesThen: (at, after, limit) => then<FleetDevice>('device', at, after, limit),
    roomsThen: (at, after, limit) => then<KnownRoom>('room', at, after, limit),
    async roomGroupsThen(at) {
      const [version] = await versionsAt(db, 'groups', [ALL], at);
      return version?.body ? (JSON.parse(version.body) as RoomGroup[]) : [];
    },
    async knownSince() {
      const { at } = await db
        .selectFrom('list_versions')
        .select((each) => each.fn.min('at').as('at'))
        .executeTakeFirstOrThrow();
      return at ?? null;
    },
  };
}
