/** Why a device is near another of the same model, the nearest first; `model` when nothing more than that is shared. */
export const NEARNESSES = ['group', 'parent-group', 'subnet', 'firmware', 'model'] as const;

export type Nearness = (typeof NEARNESSES)[number];

/** A device of the same model with which nothing serious is wrong, to be compared with. */
export type Comparable = { deviceId: string; name: string | null; roomName: string | null; near: Nearness };

/** Null where there is none. */
export type ComparableAnswer = { comparable: Comparable | null };
