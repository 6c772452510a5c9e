import type { ShownChange } from '#lib/domain/history/history-answer.ts';
import type { IssueCode } from './issue.ts';

/** A change in the day before something began to be wrong. It came before; nobody says that it is why. */
export type ChangeBefore = ShownChange & {
  /** Whether it was noticed by the very look or event that first showed the trouble. */
  together: boolean;
  /**
   * Before how many of the other cases of the same finding in this fleet the same came within a day: the same field with
   * the same new value. Null where that cannot be told.
   */
  others: { had: number; of: number } | null;
};

/** What changed before a device's worst trouble began; moments are ISO 8601 UTC. */
export type BeforeAnswer = {
  /** Null when nothing serious is wrong; then there is nothing else to tell. */
  issue: IssueCode | null;
  /** When it was first seen or told. */
  since: string | null;
  /** When the device was last seen or told of before that; null when it never was. */
  lastSeenAt: string | null;
  /** How often it was, in the day before. */
  looks: number;
  /** The likeliest to matter first: those that came before most of the other cases. */
  changes: ChangeBefore[];
};
