import type { AppError, ErrorCode } from '#lib/domain/errors.ts';

const LEAST_MS = 1_000;
const MOST_MS = 60_000;

// Somebody has to mend these first. It is tried all the same, because nobody tells us when they have.
const MENDED_BY_PEOPLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'dingtalk-refused',
  'dingtalk-budget-spent',
]);

/**
 * Milliseconds until the next connection after so many troubles in a row, at least 1: anything from a second to twice
 * as much each time, up to a minute, so that desks cut off together do not come back together. Never sooner than the
 * error says that it can help.
 */
export function streamWait(troubles: number, error: AppError | null, random: () => number): number {
  const least = error !== null && MENDED_BY_PEOPLE.has(error.code) ? (MOST_MS * 3) / 4 : LEAST_MS;
  const most = least > LEAST_MS ? MOST_MS : Math.min(MOST_MS, LEAST_MS * 2 ** Math.min(troubles, 10));
  return Math.max(least + random() * (most - least), (error?.retryAfterSeconds ?? 0) * 1_000);
}
