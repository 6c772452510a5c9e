/** Why a device is near another of the same model, the nearest first; `model` when nothing more than that is shared. */
export const NEARNESSES = ['group', 'parent-group', 'subnet', 'firmware', 'model'] as const;

export type Nearness = (typeof NEARNESSES)[number];
