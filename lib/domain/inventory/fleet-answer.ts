import type { Concealed } from '#lib/domain/devices/conceal.ts';
import type { DeviceKind, Network, RoomRef } from '#lib/domain/devices/device.ts';
import type { ReadingSource } from '#lib/domain/devices/reading.ts';
import type { PastLists } from '#lib/domain/history/as-of-answer.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import type { CheckReason, FleetController, FleetState } from './fleet.ts';

/** A device in a list, as one reader may see it. Times are ISO 8601 UTC. */
export type FleetRow = {
  /** What pins and views call it; never shown. */
  key: string;
  deviceId: string | null;
  unionId: string | Concealed | null;
  name: string | null;
  kind: DeviceKind;
  model: string | null;
  status: { state: FleetState; raw: string | null };
  room: RoomRef | null;
  group: { id: string; name: string | null } | null;
  serial: string | Concealed | null;
  mac: string | Concealed | null;
  firmware: string | null;
  software: string | null;
  network: { type: Network['type']; ip: string | Concealed | null };
  controllers: FleetController[];
  observedAt: string | null;
  /** Age at the moment the server answered, never negative; null without a reading. */
  ageMs: number | null;
  source: ReadingSource | null;
  /** When an event last told what no reading knows yet, ISO 8601 UTC; null when none did. */
  eventAt: string | null;
  stateSince: string | null;
  removedAt: string | null;
  /** Codes of what is wrong, the worst first. */
  issues: readonly IssueCode[];
  nextCheck: { at: string; reason: CheckReason } | null;
};

/** How many share a value; null is "not said". `label` is set where the value is an id: null when it has no name. */
export type Count = { value: string | null; count: number; label?: string | null };

/** What the fleet can be filtered by, beside words. Values of one are alternatives, different ones narrow. */
export const FLEET_FACETS = ['status', 'model', 'firmware', 'software', 'network', 'group', 'issue'] as const;

export type FleetFacet = (typeof FLEET_FACETS)[number];

export type FleetAnswer = {
  items: FleetRow[];
  nextCursor: string | null;
  /** How many match. */
  total: number;
  /** How many devices are known in all, gone ones not counted. */
  known: number;
  /** Counts under every other filter than its own, so that each shows what a click would bring. Most first. */
  facets: Record<FleetFacet, Count[]>;
  /** Set on the first page of an answer about the past. */
  past?: PastLists;
};

/** A value in the address that stands for "not said". */
export const NOT_SAID = '(none)';

/** How the fleet is sorted; a leading minus turns it round. */
export const FLEET_SORTS = [
  'name',
  'room',
  'status',
  'model',
  'firmware',
  'software',
  'seen',
  'since',
] as const;

export type FleetSort = (typeof FLEET_SORTS)[number] | `-${(typeof FLEET_SORTS)[number]}`;
