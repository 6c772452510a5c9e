import type { ErrorReason } from '#lib/domain/errors.ts';

/** A stream as a screen can show it. Times are milliseconds since the epoch; counts are of this process's life. */
export type StreamState = {
  /** `waiting`: until `retryAt`, after trouble. `connecting` after `open`: DingTalk asked us to come again. */
  state: 'connecting' | 'open' | 'waiting' | 'stopped';
  since: number;
  /** When anything came from DingTalk, an answer to a ping included. */
  lastHeardAt: number | null;
  lastEventAt: number | null;
  connectionsMade: number;
  retryAt: number | null;
  /** Why there is no connection, until there is one again. */
  problem: ErrorReason | null;
  /** Events that came, repetitions included. */
  events: number;
  /** Of those, how many DingTalk was asked to send again. */
  later: number;
  /** Frames that nobody could read. */
  garbage: number;
};
