import type { Concealed } from '#lib/domain/devices/conceal.ts';
import type { ShownDifference } from '#lib/domain/devices/device-answer.ts';

/** A device or a room that is not in both of two lists, or not the same in both. */
export type ListDifference = {
  what: 'appeared' | 'disappeared' | 'changed';
  deviceId: string | null;
  unionId: string | Concealed | null;
  roomId: string | null;
  name: string | null;
  /** What is not the same, by path; empty for what is in one list alone. */
  fields: ShownDifference[];
};

/** What an answer about the past is of, and what was other at a second moment. Times are ISO 8601 UTC. */
export type PastLists = {
  at: string;
  against: string;
  /** Since when this desk knows what its lists showed; null when it never knew anything. */
  knownSince: string | null;
  /** How many there are of each kind; `items` has the first of them. */
  counts: Record<ListDifference['what'], number>;
  items: ListDifference[];
};
