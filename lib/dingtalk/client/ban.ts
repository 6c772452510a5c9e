import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';
import { BAN_SECONDS } from './upstream-error.ts';

export type Ban = {
  /** Starts the pause when the error is DingTalk's ban of our address. */
  record(error: AppError): void;
  /** Throws `dingtalk-throttled.banned` with the seconds left while the pause lasts. */
  check(): void;
};

/**
 * Keeps all calls back for the 5 minutes of a ban. It is per public address and over all APIs, and calling on
 * may renew it (DingTalk docs: how-to-process-api-throttling-on-the-dingtalk-server).
 */
export function createBan(clock: Clock): Ban {
  let until = Number.NEGATIVE_INFINITY;
  return {
    record(error) {
      if (error.reason === 'dingtalk-throttled.banned') until = clock.elapsed() + BAN_SECONDS * 1000;
    },
    check() {
      const leftMs = until - clock.elapsed();
      if (leftMs <= 0) return;
      throw new AppError('dingtalk-throttled.banned', { retryAfterSeconds: Math.ceil(leftMs / 1000) });
    },
  };
}
