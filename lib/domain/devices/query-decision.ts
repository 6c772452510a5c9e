import type { ErrorReason } from '#lib/domain/errors.ts';
import type { Watch } from '#lib/domain/history/status-mark.ts';

/**
 * What an operator may know of a device and how; see `lib/services/devices/device-access.ts`. Moments are milliseconds
 * since the epoch.
 */
export type KnownFacts = {
  /** When the reading that this person may be shown was made; null when there is none. */
  observedAt: number | null;
  /** Whether it was made in the name in which DingTalk would be queried. */
  isOwn: boolean;
  /** What DingTalk last answered this operator about this device within a day. */
  access: 'granted' | 'refused' | 'unasked';
};

/** Everything that decides whether a device query spends a call. Moments are milliseconds since the epoch. */
export type QueryFacts = KnownFacts & {
  now: number;
  /** A reading from after this moment is fresh. */
  notBefore: number;
  /** True for a person who pressed Refresh and for a program that says `fresh=true`; false for a page that opens. */
  insist: boolean;
  /** Whether the role may spend calls. */
  mayAsk: boolean;
  /** Whether an open event transport would have reported a change since the reading or the last event. */
  vouched: boolean;
  /** Why automatic queries spend nothing for the rest of the month; null while the budget lasts. */
  shortage: ErrorReason<'dingtalk-budget-spent'> | null;
  /** When DingTalk last answered this operator that there is no such device; null when it did not. */
  absentAt: number | null;
  /** When DingTalk last refused this device to this operator; null when it did not. */
  refusedAt: number | null;
};

/** `answer`: the known reading is as good as a query. `known`: it is shown with the reason why it is not newer. */
export type QueryDecision = { kind: 'query' | 'answer' } | { kind: 'known' | 'refuse'; reason: ErrorReason };

/**
 * For how long a negative answer of DingTalk replaces an automatic query, in milliseconds. After the cause is
 * corrected, a person presses Refresh, or the next page that opens ten minutes later queries again.
 */
export const NEGATIVE_ANSWER_KEPT_MS = 10 * 60 * 1000;

/**
 * Whether a reading is recent enough to answer without a call. For a person who may query, that is only their own
 * reading, or any where DingTalk has granted them the device. A reading from the future is not fresh, because the clock
 * was set back and its age is unknown.
 */
export function isFresh(
  { observedAt, isOwn, access }: KnownFacts,
  { notBefore, now, mayAsk }: Pick<QueryFacts, 'notBefore' | 'now' | 'mayAsk'>,
): boolean {
  if (observedAt === null || access === 'refused') return false;
  if (mayAsk && access !== 'granted' && !isOwn) return false;
  return observedAt > notBefore && observedAt <= now;
}

/**
 * The one rule of freshness: whether a device query spends a call. An automatic query spends none
 * while events vouch for the device or the month's budget runs short.
 */
export function decideQuery(facts: QueryFacts): QueryDecision {
  const { observedAt, access, insist, mayAsk, vouched, shortage, now } = facts;
  if (insist && !mayAsk) return { kind: 'refuse', reason: 'not-permitted.live-question' };
  if (isFresh(facts, facts)) return { kind: 'answer' };
  if (insist) return { kind: 'query' };
  const instead = (reason: ErrorReason, unknown = reason): QueryDecision =>
    observedAt === null ? { kind: 'refuse', reason: unknown } : { kind: 'known', reason };
  const isRecent = (at: number | null) =>
    at !== null && at <= now && now - at < NEGATIVE_ANSWER_KEPT_MS && (observedAt ?? at) <= at;
  if (mayAsk && isRecent(facts.absentAt)) return { kind: 'refuse', reason: 'device-not-found.device' };
  if (vouched && observedAt !== null && access !== 'refused') return { kind: 'answer' };
  if (!mayAsk) return instead('not-permitted.live-question', 'not-permitted.not-known-yet');
  if ((access === 'refused' && vouched) || isRecent(facts.refusedAt)) {
    return instead('dingtalk-refused.operator');
  }
  return shortage === null ? { kind: 'query' } : instead(shortage);
}

/** Since when events have come in without a break until now; null while they do not. Silence since means no change. */
export const watchedSince = (watches: readonly Watch[], now: number): number | null =>
  watches.reduce<number | null>(
    (since, { from, to }) => (from <= now && to >= now ? Math.min(since ?? from, from) : since),
    null,
  );

/** So many checks that contradict the absence of events are no coincidence. */
const LEAST_MISSED = 3;

/** Whether checks found more changes than events reported: then the absence of events proves nothing. */
export const areEventsSilent = ({ agreed, missed }: { agreed: number; missed: number }): boolean =>
  missed >= LEAST_MISSED && missed > agreed;
