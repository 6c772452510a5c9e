import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { FleetRow } from '#lib/domain/inventory/fleet-answer.ts';
import type { RoomRow } from '#lib/domain/rooms/rooms-answer.ts';
import type { IdentifierKind } from './identifier-kind.ts';

/** Why something was found: an identifier of it, or words in its name. */
export type MatchReason = {
  by: IdentifierKind | 'name' | 'room-name' | 'room-id' | 'link';
  /** The piece of the pasted text it was found by. */
  text: string;
  exact: boolean;
  /** Set when a panel of the device bears it rather than the device. */
  controller: string | null;
};

/** Something a pasted text may mean, best first. `id` is a device id, a union id or a room id; `path` its page here. */
export type SearchMatch = {
  kind: 'device' | 'room';
  id: string;
  label: string;
  path: string;
  why: MatchReason;
  /** Its row, for a card; the one that fits `kind`. */
  device: FleetRow | null;
  room: RoomRow | null;
};

export type SearchAnswer = {
  matches: SearchMatch[];
  /** Ids in the text that nobody here knows and that DingTalk could be asked for; empty for who may not ask. */
  unknownIds: DeviceRef[];
  /** How many calls people may still spend this month; null when there is nothing to ask or it is not known. */
  callsLeft: number | null;
  /** How many identifiers and names were recognised in the text, so that "nothing found" can say what was looked for. */
  looked: number;
};
