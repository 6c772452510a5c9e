/** Faults of the event transports. Every setting applies until it is changed. */
export type Hostility = {
  /** How often each event is sent by its transport. */
  duplicates: number;
  /** So many events are held and then sent in any order. */
  shuffle: number;
  delayMs: number;
  /** So many events more are pushed, then the month's pushes are spent; null for no end. */
  quota: number | null;
  /** The faults of callbacks. */
  forge: Forgery | null;
  /** So many event frames more end in the middle, and their connections with them. */
  cutFrames: number;
};

export const FORGERIES = ['signature', 'owner', 'key', 'stale', 'organisation'] as const;
export type Forgery = (typeof FORGERIES)[number];

export const PEACE: Hostility = {
  duplicates: 1,
  shuffle: 0,
  delayMs: 0,
  quota: null,
  forge: null,
  cutFrames: 0,
};

const whole = (least: number) => (value: unknown) => Number.isSafeInteger(value) && Number(value) >= least;

/** The accepted values of each setting. */
export const HOSTILITY_CHECKS: Record<keyof Hostility, (value: unknown) => boolean> = {
  duplicates: whole(1),
  shuffle: whole(0),
  delayMs: whole(0),
  quota: (value) => value === null || whole(0)(value),
  forge: (value) => value === null || FORGERIES.some((forgery) => forgery === value),
  cutFrames: whole(0),
};
