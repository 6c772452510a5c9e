/** A stretch of time, milliseconds since the epoch. */
export type Window = { from: number; to: number };

/** A window as it is asked for: to now where no end is named, and as many days as are named where no beginning is. */
export type AskedWindow = { from?: number | undefined; to?: number | undefined; days?: number | undefined };

export const USUAL_DAYS = 7;
export const MOST_DAYS = 400;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The window that is meant; null when that is none, or longer than 400 days. */
export function settleWindow({ from, to, days }: AskedWindow, now: number): Window | null {
  const end = to ?? now;
  const window = { from: from ?? end - (days ?? USUAL_DAYS) * DAY_MS, to: end };
  const length = window.to - window.from;
  const twice = from !== undefined && days !== undefined;
  return !twice && length > 0 && length <= MOST_DAYS * DAY_MS ? window : null;
}
