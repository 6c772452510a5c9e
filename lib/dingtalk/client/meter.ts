import type { Deadline } from '#lib/dingtalk/transport/deadline.ts';
import type { Asker, CallPurpose } from '#lib/domain/budget/budget.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';

/** What a question is asked for. `retry` is none of the asker's: whoever books the call tells it by `attempt`. */
export type Purpose = Exclude<CallPurpose, 'retry'>;

/** How a metered question is asked: `budgetMs` is the whole time it may take, retries and waiting included. */
export type AskOptions = {
  budgetMs: number;
  purpose: Purpose;
  /** Set when a person or a token causes it. */
  asker?: Asker | undefined;
};

/** A metered call that wants to go out. */
export type CallToAdmit = {
  /** Method and path pattern, such as `GET /v1.0/rooms/devices`; rates are kept by it. */
  api: string;
  purpose: Purpose;
  asker?: Asker | undefined;
  /** Counts from 1 within one question; more than 1 is a retry, after a bad token too. */
  attempt: number;
  deadline: Deadline;
};

/** How a metered call ended. */
export type CallOutcome = {
  /** False only when DingTalk certainly does not count it: never sent, or refused for free. */
  counted: boolean;
  status: number | null;
  /** DingTalk's own code. */
  code: string | null;
  requestId: string | null;
  /** Milliseconds from being admitted until it was over. */
  ms: number;
  /** Null when it was answered. */
  reason: ErrorReason | null;
};

/** What an admitted call must be settled with, exactly once. */
export type Receipt = {
  /** Must not throw. */
  settle(outcome: CallOutcome): void;
};

/** Who lets metered calls out and keeps count of them. */
export type Meter = {
  /**
   * Waits for a place within the rate, then charges the call; resolves when it may go out. Throws
   * `dingtalk-throttled.own-rate` when there is no place before the deadline, and `dingtalk-budget-spent.own-limit`
   * or `.reserve` when the month has none left for this purpose, and `too-many-questions.daily-share` or `.unknown-ids`
   * when the asker's share of the day is used up. What it throws has charged nothing.
   */
  admit(call: CallToAdmit): Promise<Receipt>;
};
