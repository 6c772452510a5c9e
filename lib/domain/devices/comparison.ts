import type { ShownDevice } from './conceal.ts';
import type { DeviceAnswer } from './device-answer.ts';
import { readFieldPath } from './field-action.ts';

/** One of two devices that stand side by side, as one reader may see it. */
export type ComparedSide = Pick<DeviceAnswer, 'observedAt' | 'ageMs' | 'overrides' | 'issues'> & {
  device: Pick<ShownDevice, 'deviceId' | 'unionId' | 'name' | 'room' | 'status'>;
};

/** A field of both. Moments are ISO 8601 UTC. */
export type ComparedField = {
  /** A path in Device; the panels of the two are numbered by their place, such as `controllers.#1.model`. */
  field: string;
  left: unknown;
  right: unknown;
  /** Null where the reader may not see the values, and so may not know either whether they are the same. */
  same: boolean | null;
  /** When each was seen to be so, or an event told of it. */
  leftAt: string;
  rightAt: string;
};

/** Two devices side by side. */
export type Comparison = { left: ComparedSide; right: ComparedSide; fields: ComparedField[] };

/** The same while one of them, or both, may be none that the reader may know. */
export type Comparing = { left: ComparedSide | null; right: ComparedSide | null; fields: ComparedField[] };

/** What a field is to somebody who compares: what may matter, what is each device's own, what is the same, what they may not see. */
export const COMPARED_KINDS = ['differs', 'own', 'same', 'concealed'] as const;

export type ComparedKind = (typeof COMPARED_KINDS)[number];

/** No two devices are expected to have these alike. */
const OWN = new Set(
  'deviceId unionId name serviceId serial mac castCode sipAccount activatedAt room room.id room.name roomId'
    .concat(' network.ip network.wifiMac network.wiredMac')
    .split(' '),
);

export function comparedKind({ field, same }: Pick<ComparedField, 'field' | 'same'>): ComparedKind {
  if (same === null) return 'concealed';
  if (same) return 'same';
  return OWN.has(readFieldPath(field).field ?? '') ? 'own' : 'differs';
}

/** Where two devices stand side by side; either may be left to be chosen. */
export function comparePath(left: string | null, right: string | null): string {
  const params = new URLSearchParams();
  if (left !== null) params.set('left', left);
  if (right !== null) params.set('right', right);
  return params.size === 0 ? '/compare' : `/compare?${params}`;
}
