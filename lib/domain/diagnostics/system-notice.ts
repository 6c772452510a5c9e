import type { SystemIssueCode } from './system-issue.ts';

/**
 * Service issues that keep Rooms Desk from getting data, so that lists are empty or out of date. Every page shows the
 * first of them to everybody; `serviceNotice.reasons.<code>` has the words.
 */
export const NOTICED_TROUBLES = [
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

export type NoticedTrouble = (typeof NOTICED_TROUBLES)[number];

/** The code, if every page tells of it; null for any other. */
export const noticedTrouble = (code: SystemIssueCode | null): NoticedTrouble | null =>
  NOTICED_TROUBLES.find((each) => each === code) ?? null;
