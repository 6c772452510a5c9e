import type { ErrorReason, UpstreamSaid } from '#lib/domain/errors.ts';
import type { Severity } from '#lib/domain/issues/issue.ts';

/**
 * Everything that can be wrong with the desk itself or on its way to DingTalk, what is looked at first before what follows
 * from it: the order in which troubles are shown. Codes are for good: they are in answers and in what people copy. What
 * each means, what may have caused it, what to do, on which screen, and what nobody can know from here is in the words,
 * under `systemIssues.catalogue.<code>`.
 */
export const SYSTEM_ISSUES = {
  'configuration-wrong': 'critical',
  'database-unreachable': 'critical',
  'database-newer': 'critical',
  'database-pre-release': 'critical',
  'database-older': 'critical',
  'database-not-durable': 'critical',
  'proxy-failed': 'critical',
  'audit-cut': 'critical',
  'name-unknown': 'critical',
  'certificate-refused': 'critical',
  'credentials-refused': 'critical',
  'organisation-unknown': 'critical',
  'ip-not-allowed': 'critical',
  'token-refused': 'critical',
  'scope-missing': 'critical',
  'operator-missing': 'critical',
  'operator-left': 'critical',
  'operator-refused': 'critical',
  'quota-gone': 'critical',
  'budget-spent': 'critical',
  'address-banned': 'critical',
  'upstream-unreachable': 'critical',
  'jobs-paused': 'warning',
  'upstream-confused': 'warning',
  'upstream-fault': 'warning',
  'refusal-unrecognised': 'warning',
  throttled: 'warning',
  'region-mixed': 'warning',
  'old-api-wrong-host': 'warning',
  'old-api-unreachable': 'warning',
  'member-scope-missing': 'warning',
  'clock-off': 'warning',
  'database-clock-off': 'warning',
  'stream-not-open': 'warning',
  'pushes-spent': 'warning',
  'pushes-short': 'warning',
  'events-silent': 'warning',
  'secret-limit-exceeded': 'warning',
  'audit-broken': 'warning',
  'audit-unsealed': 'warning',
  'audit-export-behind': 'warning',
  'secret-unknown': 'warning',
  'values-unsealed': 'warning',
  'files-open': 'warning',
  'budget-reserve': 'info',
} as const satisfies Record<string, Severity>;

export type SystemIssueCode = keyof typeof SYSTEM_ISSUES;

/** Whether this side knows a code: a page may be older than the server that it asks. */
export const isSystemIssueCode = (code: string): code is SystemIssueCode =>
  Object.hasOwn(SYSTEM_ISSUES, code);

export const systemSeverityOf = (code: SystemIssueCode): Severity => SYSTEM_ISSUES[code];

/** What a trouble of the desk can rest on. */
export const SYSTEM_EVIDENCE = [
  'call-failed',
  'jobs-paused-since',
  'next-attempt',
  'call-answered',
  'never-answered',
  'calls-spent',
  'operator-setting',
  'old-api-setting',
  'clock-apart',
  'stream-state',
  'stream-held',
  'pushes-counted',
  'event-received',
  'looks-missed',
  'secret-searches',
  'secret-reveals',
  'audit-entry-gone',
  'audit-newest',
  'entries-waiting',
  'export-failing',
] as const;

export type SystemEvidenceKind = (typeof SYSTEM_EVIDENCE)[number];

/** Where the evidence is from: the ledger of calls, what this process heard, its settings, events, counts of all instances, or the audit log. */
export const SYSTEM_SOURCES = ['ledger', 'heard', 'settings', 'events', 'counts', 'audit-log'] as const;

/** One thing that a trouble rests on. `value` is an API, a number with its limit or a word; never a secret. */
export type SystemEvidence = {
  what: SystemEvidenceKind;
  value: string;
  /** When it was seen to be so, milliseconds since the epoch. */
  at: number;
  source: (typeof SYSTEM_SOURCES)[number];
  /** What DingTalk said, where it was DingTalk. */
  said: UpstreamSaid | null;
};

/** Something that is wrong with the desk. There is none without evidence. */
export type SystemIssue = { code: SystemIssueCode; evidence: readonly [SystemEvidence, ...SystemEvidence[]] };

const RANK = new Map(Object.keys(SYSTEM_ISSUES).map((code, rank) => [code, rank]));

/** What is looked at first comes first. */
export const inOrder = <T extends { code: SystemIssueCode }>(troubles: readonly T[]): T[] =>
  troubles.toSorted((a, b) => (RANK.get(a.code) ?? 0) - (RANK.get(b.code) ?? 0));

const BY_REASON: Partial<Record<ErrorReason, SystemIssueCode>> = {
  'dingtalk-refused.credentials': 'credentials-refused',
  'dingtalk-refused.organisation': 'organisation-unknown',
  'dingtalk-refused.scope': 'scope-missing',
  'dingtalk-refused.operator': 'operator-refused',
  'dingtalk-refused.operator-missing': 'operator-missing',
  'dingtalk-refused.operator-left': 'operator-left',
  'dingtalk-refused.ip-list': 'ip-not-allowed',
  'dingtalk-refused.token': 'token-refused',
  'dingtalk-refused.unrecognised': 'refusal-unrecognised',
  'dingtalk-budget-spent.organisation-quota': 'quota-gone',
  'dingtalk-budget-spent.own-limit': 'budget-spent',
  'dingtalk-budget-spent.reserve': 'budget-reserve',
  'dingtalk-throttled.own-rate': 'throttled',
  'dingtalk-throttled.rate': 'throttled',
  'dingtalk-throttled.minute': 'throttled',
  'dingtalk-throttled.platform': 'throttled',
  'dingtalk-throttled.busy': 'throttled',
  'dingtalk-throttled.banned': 'address-banned',
  'dingtalk-unreachable.no-connection': 'upstream-unreachable',
  'dingtalk-unreachable.proxy': 'proxy-failed',
  'dingtalk-unreachable.no-answer': 'upstream-unreachable',
  'dingtalk-unreachable.fault': 'upstream-fault',
  'dingtalk-confused.not-json': 'upstream-confused',
  'dingtalk-confused.shape': 'upstream-confused',
  'dingtalk-confused.too-large': 'upstream-confused',
  'dingtalk-confused.redirected': 'upstream-confused',
  'dingtalk-confused.unrecognised': 'upstream-confused',
  'dingtalk-confused.other-device': 'upstream-confused',
  'internal.store-full': 'database-not-durable',
  'internal.store-lost': 'database-unreachable',
};

/** Of the old-style API, which the desk can do without, the same troubles are others. */
const OF_OLD_API: Partial<Record<SystemIssueCode, SystemIssueCode>> = {
  'scope-missing': 'member-scope-missing',
  'token-refused': 'old-api-wrong-host',
  'upstream-confused': 'old-api-wrong-host',
  'upstream-unreachable': 'old-api-unreachable',
};

/**
 * What a failed question to an API says of the desk; null where it says something of the question, such as a device that
 * is gone.
 */
export function issueOfReason(reason: ErrorReason, api: string): SystemIssueCode | null {
  const code = BY_REASON[reason] ?? null;
  return code !== null && api.includes('/topapi/') ? (OF_OLD_API[code] ?? code) : code;
}
