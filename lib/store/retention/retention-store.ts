import type { RetentionPlace } from '#lib/domain/history/retention.ts';

/** What is too old is let go, by the rules of `lib/domain/history/retention.ts`. */
export type RetentionStore = {
  /** When everything was last tidied, milliseconds since the epoch; 0 if it never was. */
  retentionRanAt(): Promise<number>;
  /**
   * One short step from `place`, from the beginning without one: a transaction of a few hundred rows, so that nobody waits
   * for it. Answers how many rows went and where to go on, null when everything is tidy.
   */
  deleteOld(
    place: RetentionPlace | null,
    now: number,
  ): Promise<{ removed: number; next: RetentionPlace | null }>;
};
