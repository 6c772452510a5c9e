import type { CurrentIssue, IssueSpan } from '#lib/domain/issues/current-issue.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';

/** What began to be wrong with a device and what ended, by one recording. */
export type IssueUpdate = { raised: IssueCode[]; cleared: IssueCode[] };

export type VersionPart = 'firmware' | 'software';

/** When a version of a model's firmware or software was first seen in this fleet. */
export type FirstVersion = { model: string; part: VersionPart; version: string; at: number };

/** What is wrong with devices, and was. Times are milliseconds since the epoch; promises settle when durable. */
export type IssueStore = {
  /** Keeps when a version was first seen, unless that is known. */
  noteVersion(seen: FirstVersion): Promise<void>;
  /**
   * Writes all that is wrong with a device at a moment: what was not before begins then, what is no longer ends then. Pages
   * are told when that is anything. With `parts`, which ones it names as well, see `traitsOf`. A device that is not known
   * is none of its business.
   */
  recordIssues(
    deviceKey: string,
    codes: readonly IssueCode[],
    at: number,
    parts?: string,
  ): Promise<IssueUpdate>;
  /** Everything that is wrong now with devices that are not gone, the oldest first. */
  currentIssues(): Promise<CurrentIssue[]>;
  /** What was wrong with a device within a window, in the order in which it began. */
  issueSpans(deviceKey: string, from: number, to: number): Promise<IssueSpan[]>;
};
