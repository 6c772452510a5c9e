/** What a metered call is made for. `check`: somebody has the way to DingTalk looked at; `retry` is any second attempt, whatever the first was for. */
export const CALL_PURPOSES = ['look-up', 'watch', 'sweep', 'discovery', 'check', 'retry'] as const;

export type CallPurpose = (typeof CALL_PURPOSES)[number];

/** What DingTalk lets us spend in a calendar month, and what of it is kept for people's questions. */
export type Allowance = { monthly: number; reserve: number };

/** A quarter is kept for people: whatever the desk does by itself, somebody in trouble can still ask. */
const RESERVED_SHARE = 0.25;

/** The allowance that follows from the configured monthly limit. */
export function allowanceOf(monthly: number): Allowance {
  return { monthly, reserve: Math.ceil(monthly * RESERVED_SHARE) };
}

/** How many calls may have been spent, by whomever, before one for this purpose is no longer allowed. */
export function limitFor(purpose: Exclude<CallPurpose, 'retry'>, { monthly, reserve }: Allowance): number {
  return purpose === 'look-up' || purpose === 'check' ? monthly : monthly - reserve;
}

// DingTalk counts by the calendar month of China, which is UTC+8 the whole year and has no daylight saving.
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The month a moment is counted in, such as `2026-11` (Asia/Shanghai). */
export const monthOf = (at: number): string => dayOf(at).slice(0, 7);

/** The day a moment is counted in, such as `2026-11-24` (Asia/Shanghai). */
export const dayOf = (at: number): string => new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 10);

/** When the day that holds this moment began, milliseconds since the epoch. */
export const startOfDay = (at: number): number => Date.parse(dayOf(at)) - CHINA_OFFSET_MS;

/** When the month that holds this moment began and ends, milliseconds since the epoch. */
export function monthAround(at: number): { from: number; to: number } {
  const here = new Date(at + CHINA_OFFSET_MS);
  const [year, month] = [here.getUTCFullYear(), here.getUTCMonth()];
  return {
    from: Date.UTC(year, month, 1) - CHINA_OFFSET_MS,
    to: Date.UTC(year, month + 1, 1) - CHINA_OFFSET_MS,
  };
}

/** What one person or token caused on a day; calls under way included. */
export type Spender = { subject: string; calls: number; unknownIds: number };

/** What was spent in a month. */
export type Spending = {
  month: string;
  total: number;
  byDay: { day: string; purpose: CallPurpose; calls: number }[];
};

/** Who causes a call: a person or an API token by its subject, and whether it is for an ID that Rooms Desk does not know. */
export type Asker = { subject: string; unknownId: boolean };

/** Calls that one person or token may still cause on a day of China. */
export type DailyShare = {
  calls: number;
  /** Of these, for IDs that DingTalk turns out not to know. */
  unknownIds: number;
};

/** Nobody is stopped by a small budget before they could look after a handful of rooms. */
const LEAST_SHARE: DailyShare = { calls: 20, unknownIds: 5 };

/**
 * The share of one person or token for a day: a tenth of what the month still had when the day began, and a tenth of that
 * for unknown IDs, so that neither a person nor a leaked token uses up everybody's month.
 *
 * @param monthly calls allowed in the month
 * @param spentBefore calls spent in the month before this day
 */
export function dailyShareOf(monthly: number, spentBefore: number): DailyShare {
  const calls = Math.max(LEAST_SHARE.calls, Math.floor((monthly - spentBefore) / 10));
  return { calls, unknownIds: Math.max(LEAST_SHARE.unknownIds, Math.floor(calls / 10)) };
}

/** When the day that holds this moment ends in China and shares renew, milliseconds since the epoch. */
export const endOfDay = (at: number): number => startOfDay(at) + 24 * 60 * 60 * 1000;
