import type { JobPause } from '#lib/domain/discovery/job-pause.ts';
import type { FeedEntry } from '#lib/domain/feed.ts';

/** What instances agree on through the store. */
export type LeaseStore = {
  /**
   * Takes or prolongs a lease by name for `ttlMs`, unless somebody else holds it. By the database's own clock, so that
   * instances need not agree on the time. Answers who holds it now.
   */
  takeLease(name: string, holder: string, ttlMs: number): Promise<{ held: boolean; holder: string }>;
  /** Gives a lease back at once; another's is left alone. */
  releaseLease(name: string, holder: string): Promise<void>;
  /** Who holds a lease now; null when nobody does. */
  leaseHolder(name: string): Promise<string | null>;
  /** Pauses the jobs that query DingTalk, or moves the next attempt of a pause; its beginning stays. */
  pauseJobs(pause: JobPause): Promise<void>;
  /** Why those jobs are paused; null when they are not. */
  jobPause(): Promise<JobPause | null>;
  /** Ends the pause at a moment, if there is one. */
  resumeJobs(at: number): Promise<void>;
  /** Whether other processes may be writing: then questions are shared through leases too. */
  readonly manyInstances: boolean;
};

/** The change feed. Every write above that changes what pages show adds to it in its own transaction. */
export type FeedStore = {
  /** The newest `seq`; 0 in an empty feed. Cheap. */
  feedHead(): Promise<number>;
  /** Entries after `seq` in order, at most `limit`; null when some of them are no longer kept. */
  feedAfter(seq: number, limit: number): Promise<FeedEntry[] | null>;
  /** Calls back soon after anything was added by any instance, never with what. Answers how to stop. */
  onFeed(listener: () => void): () => void;
  /** Adds a `service` entry: something on the service screen moved. */
  announceService(at: number): Promise<void>;
};
