import type { ErrorReason } from './errors.ts';

/** The connection that events come in by. Times are milliseconds since the epoch. */
export type StreamState = {
  state: 'connecting' | 'open' | 'waiting' | 'stopped';
  /** Since when it is so. */
  since: number;
  lastHeardAt: number | null;
  lastEventAt: number | null;
  connectionsMade: number;
  /** When it tries again; null while it need not. */
  retryAt: number | null;
  /** Why it is not open; null while it is or is about to be. */
  problem: ErrorReason | null;
  events: number;
  /** Events that could not be kept and were asked for again. */
  later: number;
  /** Frames that nobody could read. */
  garbage: number;
};

/** A stream in use. */
export type EventStream = {
  state(): StreamState;
  /** Finishes what is in hand and leaves no socket and no timer behind. */
  stop(): Promise<void>;
};
