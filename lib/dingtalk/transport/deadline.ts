import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';

/** Less time than this is not worth an attempt: it would be spent (and counted) and then not waited for. */
export const LEAST_ATTEMPT_MS = 200;

/** The end of one question's time, on the monotonic clock. */
export type Deadline = {
  /** Milliseconds left; negative when it is over. */
  leftMs(): number;
  /** Throws `dingtalk-unreachable.no-answer` when there is no time for an attempt. */
  check(): void;
  /** Whether an attempt still makes sense after waiting that long. */
  allows(waitMs: number): boolean;
  /** The promise, or `dingtalk-unreachable.no-answer` when the time is over first. What is awaited goes on. */
  wait<T>(promise: Promise<T>): Promise<T>;
};

/** A deadline `budgetMs` milliseconds from now. */
export function createDeadline(clock: Clock, budgetMs: number): Deadline {
  const end = clock.elapsed() + budgetMs;
  const leftMs = () => end - clock.elapsed();
  const allows = (waitMs: number) => leftMs() - waitMs >= LEAST_ATTEMPT_MS;
  return {
    leftMs,
    allows,
    check() {
      if (!allows(0)) throw outOfTime();
    },
    async wait(promise) {
      const settled = new AbortController();
      const tooLate = clock.sleep(Math.max(0, leftMs()), settled.signal).then(() => {
        throw outOfTime();
      });
      tooLate.catch(() => {});
      try {
        return await Promise.race([promise, tooLate]);
      } finally {
        settled.abort();
      }
    },
  };
}

function outOfTime(): AppError {
  return new AppError('dingtalk-unreachable.no-answer', { values: { failure: 'timeout' } });
}
