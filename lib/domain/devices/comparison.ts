import { readFieldPath } from './field-action.ts';

/** What a field is to somebody who compares: what may matter, what is each device's own, what is the same, what they may not see. */
export const COMPARED_KINDS = ['differs', 'own', 'same', 'concealed'] as const;

export type ComparedKind = (typeof COMPARED_KINDS)[number];

/** No two devices are expected to have these alike. */
const OWN = new Set(
  'deviceId unionId name serviceId serial mac castCode sipAccount activatedAt room room.id room.name roomId'
    .concat(' network.ip network.wifiMac network.wiredMac')
    .split(' '),
);

/** `same` is null where the reader may not see the values. */
export function comparedKind({ field, same }: { field: string; same: boolean | null }): ComparedKind {
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
