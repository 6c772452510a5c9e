import type { SystemIssueCode } from './system-issue.ts';

/**
 * Service issues that keep Rooms Desk from getting data, so that lists are empty or out of date. Every page shows the
 * first of them to everybody; `serviceNotice.reasons.<code>` has the words.
 */
export const NOTICED_ISSUES = [
  'credentials-refused',
  'organisation-unknown',
  'ip-not-allowed',
  'token-refused',
  'scope-missing',
  'operator-missing',
  'operator-left',
  'operator-refused',
  'quota-gone',
  'upstream-unreachable',
] as const satisfies SystemIssueCode[];

export type NoticedIssue = (typeof NOTICED_ISSUES)[number];

/** The code, if every page tells of it; null for any other. */
export const noticedIssue = (code: SystemIssueCode | null): NoticedIssue | null =>
  NOTICED_ISSUES.find((each) => each === code) ?? null;
