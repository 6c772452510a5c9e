import type { Asker, CallPurpose, Spender, Spending } from '#lib/domain/budget/budget.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';

/** A metered call before it goes out. `at` is milliseconds since the epoch; month and day follow from it. */
export type Charge = {
  id: string;
  at: number;
  purpose: CallPurpose;
  api: string;
  /** Set when a person or a token causes it, whose share of the day it counts against. */
  asker?: Asker | undefined;
};

/** How a metered call ended. */
export type Settlement = {
  /** False when DingTalk does not count it: throttled by rate, or lost on the way. */
  counted: boolean;
  status: number | null;
  /** DingTalk's own code. */
  code: string | null;
  requestId: string | null;
  ms: number;
  /** Null when it was answered. */
  reason: ErrorReason | null;
};

/** A call by the id that it was charged under, and how it ended. */
export type Settled = { id: string; settlement: Settlement };

/** A call as the ledger holds it; `settled` is null while it is under way, and for good when the process died. */
export type LedgerCall = Omit<Charge, 'asker'> & { settled: Settlement | null };

/** The ledger of metered calls, one for all instances. Promises settle when durable. */
export type LedgerStore = {
  /**
   * Writes the call and counts it, if fewer than `limit` calls were spent in its month; otherwise writes nothing.
   * One step, whoever else is charging: neither the sum nor anybody's share of the day exceeds its limit. Answers whether
   * it may go out. Throws too-many-questions.daily-share and .unknown-ids when the asker's share is used up.
   */
  chargeCall(charge: Charge, limit: number): Promise<boolean>;
  /** Writes how calls ended, and takes off the sum those that were not counted. Settling twice changes nothing. */
  settleCalls(calls: readonly Settled[]): Promise<void>;
  /** What was spent in a month such as `2026-11`. */
  spending(month: string): Promise<Spending>;
  /** What people and tokens caused on a day such as `2026-11-24`, the most first; of one of them when it is named. */
  spenders(day: string, subject?: string): Promise<Spender[]>;
  /** The newest calls that failed, newest first. */
  failedCalls(limit: number): Promise<LedgerCall[]>;
  /** The newest call that was answered, and the newest that was not; null when there is none. */
  lastCalls(): Promise<{ answered: LedgerCall | null; failed: LedgerCall | null }>;
  /** When each API was last answered after a moment, by `GET /v1.0/rooms/devices` and the like. */
  answeredSince(at: number): Promise<ReadonlyMap<string, number>>;
  /**
   * Books the next place for a call of this API, one for all instances: places are at least a second divided by
   * `perSecond` apart. Answers the milliseconds to wait, or null without booking when that is more than `mostMs`.
   */
  takePlace(api: string, perSecond: number, mostMs: number): Promise<number | null>;
};
