import type { MarkSource } from '#lib/domain/history/status-mark.ts';

/** How bad it is: nobody can meet; something does not work; something is not as it should be. The worst first. */
export const SEVERITIES = ['critical', 'warning', 'info'] as const;

export type Severity = (typeof SEVERITIES)[number];

/**
 * Everything that can be found wrong, the worst first: the order in which issues are shown. Codes are for good: they
 * are in links and answers. What each means, what may have caused it, what to do and what nobody can say from here is in
 * the words, under `issues.<code>`.
 */
export const ISSUES = {
  'offline-with-neighbours': 'critical',
  'offline-while-controller-works': 'critical',
  offline: 'critical',
  'controller-in-other-room': 'critical',
  'shared-cast-code': 'critical',
  'shared-ip': 'critical',
  'microphone-lost': 'critical',
  'camera-lost': 'critical',
  'speaker-lost': 'critical',
  'alarm-open': 'critical',
  'display-lost': 'warning',
  'part-missing': 'warning',
  flapping: 'warning',
  'controller-lost': 'warning',
  'controller-offline': 'warning',
  'controller-of-other-organisation': 'warning',
  'shared-serial': 'warning',
  'shared-mac': 'warning',
  'shared-sip-account': 'warning',
  'no-room': 'warning',
  'wired-without-ip': 'warning',
  'link-local-ip': 'warning',
  'loopback-ip': 'warning',
  'mac-of-no-interface': 'info',
  'firmware-behind': 'info',
  'software-behind': 'info',
  'wifi-among-wired': 'info',
  'two-devices-in-room': 'info',
  'room-without-device': 'info',
  'unusually-quiet': 'info',
  'activated-in-future': 'info',
  'never-activated': 'info',
  'part-swapped': 'info',
  'room-renamed': 'info',
  'unknown-status': 'info',
  stale: 'info',
} as const satisfies Record<string, Severity>;

export type IssueCode = keyof typeof ISSUES;

export const ISSUE_CODES = Object.keys(ISSUES) as IssueCode[];

/** A device that has to do with an issue about another. */
export type Neighbour = { deviceId: string | null; name: string | null };

/** Where an alarm is evidence, this and its rule stand for a field, and its level is the value. */
export const ALARM_FIELD = 'alarms.';

/** Others that were counted: those of a room group, a subnet or a model. `count` of `total` say the value. */
export type Among = { what: 'group' | 'subnet' | 'model'; name: string; count: number; total: number };

/** One thing that an issue rests on. */
export type Evidence = {
  /** A path in Device, as changes name it, or an alarm's. */
  field: string;
  /** What was said there; null when nothing was. */
  value: unknown;
  /** When it was seen to be so, milliseconds since the epoch. */
  at: number;
  source: MarkSource;
  /** Set when it was said of another device. */
  of: Neighbour | null;
  /** Set when it was said by several others. */
  among?: Among;
};

/** Something that is wrong with a device. There is none without evidence. */
export type Issue = { code: IssueCode; evidence: readonly [Evidence, ...Evidence[]] };

/** Filter values that stand for several codes: any issue, or a most severe issue of that severity. */
export const ISSUE_GROUPS = ['(any)', '(critical)', '(warning)', '(info)'] as const;

export type IssueGroup = (typeof ISSUE_GROUPS)[number];

export const isIssueGroup = (value: string): value is IssueGroup =>
  (ISSUE_GROUPS as readonly string[]).includes(value);

/** The groups that a device with these codes, the most severe first, is in. */
export function issueGroupsOf(codes: readonly IssueCode[]): IssueGroup[] {
  const [worst] = codes;
  return worst === undefined ? [] : ['(any)', `(${severityOf(worst)})`];
}

/** Whether this side knows a code: a page may be older than the server that it asks. */
export const isIssueCode = (code: string): code is IssueCode => Object.hasOwn(ISSUES, code);

export const severityOf = (code: IssueCode): Severity => ISSUES[code];

const OF_STATUS: ReadonlySet<IssueCode> = new Set<IssueCode>([
  'offline-with-neighbours',
  'offline-while-controller-works',
  'offline',
  'shared-ip',
  'controller-offline',
  'unusually-quiet',
  'unknown-status',
]);

/**
 * Whether an issue says that something is so because of the status that a device or its controller has now. Such an issue
 * is neither found nor resolved while that status is only the last known one; see `isCurrent`.
 */
export const restsOnStatus = (code: IssueCode): boolean => OF_STATUS.has(code);

const RANK = new Map<IssueCode, number>(ISSUE_CODES.map((code, rank) => [code, rank]));

/** The worst first; among equals as they were found. */
export const worstFirst = (issues: readonly Issue[]): Issue[] =>
  issues.toSorted((a, b) => (RANK.get(a.code) ?? 0) - (RANK.get(b.code) ?? 0));
