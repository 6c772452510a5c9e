import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import type { RoomRow } from '#lib/api/rooms/room-answers.ts';
import type {
  MatchReason,
  PinsAndRecents,
  SavedView,
  SearchAnswer,
  SearchMatch,
} from '#lib/api/search/search-answers.ts';
import { type DeviceRef, devicePath } from '#lib/domain/devices/device-ref.ts';

/** Which heading something stands under. */
export type FindGroup = 'exact' | 'similar' | 'ask' | 'pinned' | 'views' | 'visited';

type Thing =
  | { kind: 'device'; label: string | null; row: FleetRow | null }
  | { kind: 'room'; label: string | null; row: RoomRow | null }
  | { kind: 'view'; view: SavedView }
  | { kind: 'ask'; ref: DeviceRef; callsLeft: number | null };

/** Something that can be chosen: where it leads, and what its card shows. */
export type FindOption = Thing & { key: string; path: string; group: FindGroup; why: MatchReason | null };

/** What was found, in the server's order, then what DingTalk could be asked for. */
export function foundOptions({ matches, unknownIds, callsLeft }: SearchAnswer): FindOption[] {
  return [
    ...matches.map(matchOption),
    ...unknownIds.map((ref): FindOption => {
      const path = devicePath(ref);
      return { kind: 'ask', ref, callsLeft, key: `ask ${path}`, path, group: 'ask', why: null };
    }),
  ];
}

function matchOption(match: SearchMatch): FindOption {
  const { kind, id, label, path, why } = match;
  const common = { key: `${kind} ${id}`, label, path, why };
  const group = why.exact ? 'exact' : 'similar';
  return kind === 'device'
    ? { ...common, kind, group, row: match.device }
    : { ...common, kind, group, row: match.room };
}

/** What a person keeps at hand: pins, views, then what they opened last and did not pin. */
export function pinsAndRecentsOptions({ devices, rooms, visited, views }: PinsAndRecents): FindOption[] {
  const pinned = new Set(devices.map(({ key }) => key));
  return [
    ...rooms.map((row) => roomOption(row)),
    ...devices.flatMap((row) => deviceOption(row, 'pinned')),
    ...views.map(
      (view): FindOption => ({
        kind: 'view',
        view,
        key: `view ${view.id}`,
        path: view.path,
        group: 'views',
        why: null,
      }),
    ),
    ...visited.filter(({ key }) => !pinned.has(key)).flatMap((row) => deviceOption(row, 'visited')),
  ];
}

function roomOption(row: RoomRow): FindOption {
  const path = `/rooms/${encodeURIComponent(row.id)}`;
  return { kind: 'room', row, label: row.name, key: `room ${row.id}`, path, group: 'pinned', why: null };
}

function deviceOption(row: FleetRow, group: FindGroup): FindOption[] {
  const ref = rowRef(row);
  if (!ref) return [];
  const path = devicePath(ref);
  return [{ kind: 'device', row, label: row.name, key: `${group} ${path}`, path, group, why: null }];
}

/** The name a device of a list is opened by; null where this reader may see none. */
export function rowRef({ deviceId, unionId }: FleetRow): DeviceRef | null {
  if (deviceId !== null) return { by: 'deviceId', id: deviceId };
  return typeof unionId === 'string' ? { by: 'unionId', id: unionId } : null;
}
