/** Faults of the event transports. Every setting applies until it is changed. */
export type Hostility = {
  /** The number of times each event is sent by its transport. */
  duplicates: number;
  /** The number of events that are held and then sent in random order. */
  shuffle: number;
  delayMs: number;
  /** The number of further events until the monthly pushes are used up; null for no limit. */
  quota: number | null;
  /** The faults of callbacks. */
  forge: Forgery | null;
  /** The number of further event frames that are cut in the middle, with their connections. */
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
