/** Tables with texts that are sealed, in the order in which they are gone through. */
export const SEALED_PARTS = ['readings', 'event_overrides', 'events', 'changes', 'identifiers'] as const;

/** Where going through them has come to: a table, and the last key of it that was looked at. */
export type SealedPlace = { part: (typeof SEALED_PARTS)[number]; after: string };

/** What one step found: rows not sealed with the current key, rows that no known key opens; `next` is null at the end. */
export type SealedStep = { due: number; foreign: number; next: SealedPlace | null };

export type SealingStore = {
  /**
   * Seals what is not yet sealed with the current AUTH_SECRET, in one short step from `place`, from the beginning without
   * one: a transaction of a few hundred rows. What is sealed is passed over, so that it may be broken off at any time.
   */
  sealStored(place: SealedPlace | null): Promise<SealedStep>;
  /** As sealStored, but only looks. */
  findUnsealed(place: SealedPlace | null): Promise<SealedStep>;
};
