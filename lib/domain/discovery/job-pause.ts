import type { AppError, ErrorReason } from '#lib/domain/errors.ts';

/** Why the jobs that query DingTalk are paused. Times are milliseconds since the epoch. */
export type JobPause = {
  reason: ErrorReason;
  since: number;
  /** When one request may try again. */
  probeAt: number;
};

/** While paused, one request per hour tries whether DingTalk answers again: 720 calls a month at most. */
export const PROBE_EVERY_MS = 60 * 60 * 1000;

/**
 * So many refusals of the operator without an answer in between are about the operator and not about single devices.
 * DingTalk does not document which devices an operator may query, so a single refusal says nothing about the next device.
 */
export const REFUSALS_BEFORE_PAUSE = 5;

/** Refusals since DingTalk last answered a job. */
export type Refusals = {
  answered(): void;
  /** Counts an error; answers whether the jobs must pause, because the next device would be refused as well. */
  pauses(error: AppError): boolean;
};

/**
 * Counts refusals in a row. Any other refusal (credentials, permission, address list, an operator who left) is about
 * the app or the operator at once.
 *
 * @param probing whether the jobs were paused: then the first refusal pauses them again
 */
export function countRefusals(probing: boolean): Refusals {
  let inARow = probing ? REFUSALS_BEFORE_PAUSE - 1 : 0;
  return {
    answered() {
      inARow = 0;
    },
    pauses({ code, reason }) {
      if (code !== 'dingtalk-refused') return false;
      if (reason !== 'dingtalk-refused.operator') return true;
      inARow += 1;
      return inARow >= REFUSALS_BEFORE_PAUSE;
    },
  };
}

/** Whether a request may go out despite a pause: none is set, or it is time to try again. */
export const mayProbe = (pause: JobPause | null, now: number): boolean =>
  pause === null || now >= pause.probeAt || now < pause.since;
