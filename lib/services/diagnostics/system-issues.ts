import { BAN_SECONDS } from '#lib/dingtalk/client/upstream-error.ts';
import { SECRET_LIMITS, type SecretUse, type SecretUseCount } from '#lib/domain/access/secret-use.ts';
import type { RobotPace } from '#lib/domain/alerts/notification-allowance.ts';
import { monthOf } from '#lib/domain/budget/budget.ts';
import { areEventsSilent } from '#lib/domain/devices/query-decision.ts';
import {
  inOrder,
  issueOfReason,
  type SystemEvidence,
  type SystemIssue,
  type SystemIssueCode,
} from '#lib/domain/diagnostics/system-issue.ts';
import type { JobPause } from '#lib/domain/discovery/job-pause.ts';
import type { ErrorReason, UpstreamSaid } from '#lib/domain/errors.ts';
import type { EventTransport } from '#lib/domain/events/device-event.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import { type AuditSubject, auditIssues } from '#lib/services/audit/audit-issues.ts';
import { DINGTALK_APART_MS } from './database-steps.ts';

/** A call that failed, metered or not. */
export type FailedOnce = {
  api: string;
  at: number;
  reason: ErrorReason;
  said: UpstreamSaid;
  source: 'ledger' | 'heard';
};

/** All that troubles of the desk are found in. Times are milliseconds since the epoch. */
export type SystemSubject = AuditSubject & {
  now: number;
  budget: { spent: number; limit: number; reserve: number };
  /** Newest first. */
  failures: readonly FailedOnce[];
  /** When each API was last answered. */
  answered: ReadonlyMap<string, number>;
  /** Whether an operator is configured for what nobody signed in asks. */
  hasOperator: boolean;
  /** The host of the old-style API, as configured; null where the settings are not known. */
  oldApiOrigin: string | null;
  /** Why the jobs that query DingTalk are paused. */
  pause: JobPause | null;
  clock: { aheadMs: number; at: number } | null;
  events: {
    transport: 'off' | EventTransport;
    /** As this process has it; null while another holds it. */
    stream: Pick<StreamState, 'state' | 'since' | 'problem'> | null;
    isHeld: boolean;
    /** Whether any instance does the desk's own work, holding the stream included. */
    isJobInstance: boolean;
    lastAt: number | null;
    trust: { agreed: number; missed: number };
  };
  /** The month's pushes, of events and robot messages together, and how robots send. */
  pushes: { used: number; limit: number; pace: RobotPace['mode'] };
  /** Of the last day, the last used first. */
  secretUses: readonly SecretUseCount[];
};

const MINUTE = 60_000;

/** What passes by itself is a trouble for so long; everything else until an answer says that it is over. */
const LASTS_MS: Partial<Record<SystemIssueCode, number>> = {
  throttled: 10 * MINUTE,
  'upstream-fault': 60 * MINUTE,
  'upstream-confused': 60 * MINUTE,
  'upstream-unreachable': 60 * MINUTE,
  'old-api-unreachable': 60 * MINUTE,
  'address-banned': BAN_SECONDS * 1_000,
};

/** A stream that has been out for less is on its way back. */
const STREAM_OUT_MS = MINUTE;

/** What is wrong with the desk itself, what is looked at first before what follows from it. */
export function findSystemIssues(subject: SystemSubject): SystemIssue[] {
  return inOrder([
    ...callIssues(subject),
    ...settingIssues(subject),
    ...pauseIssues(subject),
    ...budgetIssues(subject),
    ...clockIssues(subject),
    ...auditIssues(subject),
    ...pushIssues(subject),
    ...eventIssues(subject),
    ...secretIssues(subject),
  ]);
}

/** What calls and the operator's setting need, of all that service issues are found in. */
export type CallSubject = Pick<
  SystemSubject,
  'now' | 'failures' | 'answered' | 'hasOperator' | 'oldApiOrigin'
>;

/** The service issues that calls and the operator's setting show; the first explains the others. */
export const findCallIssues = (subject: CallSubject): SystemIssue[] =>
  inOrder([...callIssues(subject), ...settingIssues(subject)]);

function callIssues(subject: CallSubject): SystemIssue[] {
  const found = new Map<SystemIssueCode, SystemIssue>();
  for (const failure of subject.failures) {
    const code = issueOfReason(failure.reason, failure.api);
    // What the desk may not spend is its own number's to say, which knows when the month is over.
    if (code === null || code === 'budget-spent' || code === 'budget-reserve') continue;
    if (found.has(code) || isOver(code, failure, subject)) continue;
    const evidence = [
      asEvidence(failure),
      lastAnswer(failure, subject),
      ...oldApiHost(code, subject),
    ] as const;
    found.set(code, { code, evidence });
  }
  return [...found.values()];
}

function isOver(code: SystemIssueCode, { api, at }: FailedOnce, { now, answered }: CallSubject): boolean {
  if (now - at >= (LASTS_MS[code] ?? Number.POSITIVE_INFINITY)) return true;
  // DingTalk counts anew with each month, and says so only when it is asked.
  if (code === 'quota-gone' && monthOf(at) !== monthOf(now)) return true;
  for (const [other, answeredAt] of answered) {
    if (answeredAt > at && proves(code, other, api)) return true;
  }
  return false;
}

const DEVICE_QUERY = 'GET /v1.0/rooms/devices';

/** Whether a later answer to one API says that what failed at another is over. */
function proves(code: SystemIssueCode, answered: string, failed: string): boolean {
  if (answered === failed) return true;
  if (PROVEN_BY_ROOMS.has(code)) return answered.includes('/v1.0/rooms/');
  // Who may ask for devices may read rooms, and not the other way round.
  if (code.startsWith('operator-')) return answered === DEVICE_QUERY;
  if (code.startsWith('old-api-')) return answered.includes('/topapi/');
  return !PROVEN_BY_SAME_API.has(code);
}

// One permission opens all rooms calls, and calls that cost nothing go on when the month's number is used up.
const PROVEN_BY_ROOMS: ReadonlySet<SystemIssueCode> = new Set([
  'scope-missing',
  'quota-gone',
  'ip-not-allowed',
  'token-refused',
]);

// What may go with one API alone; a host, an app and a quota go with all of them.
const PROVEN_BY_SAME_API: ReadonlySet<SystemIssueCode> = new Set([
  'member-scope-missing',
  'upstream-confused',
  'refusal-unrecognised',
  'throttled',
]);

const asEvidence = ({ api, at, source, said }: FailedOnce): SystemEvidence => ({
  what: 'call-failed',
  value: api,
  at,
  source,
  said,
});

function lastAnswer({ api, source }: FailedOnce, { answered, now }: CallSubject): SystemEvidence {
  const at = answered.get(api);
  return at === undefined
    ? { what: 'never-answered', value: api, at: now, source, said: null }
    : { what: 'call-answered', value: api, at, source, said: null };
}

/** Which host was asked, where the host is what may have to be changed. */
function oldApiHost(code: SystemIssueCode, { oldApiOrigin, now }: CallSubject): SystemEvidence[] {
  if (!code.startsWith('old-api-') || oldApiOrigin === null) return [];
  const value = `DINGTALK_OAPI_ORIGIN: ${oldApiOrigin}`;
  return [{ what: 'old-api-setting', value, at: now, source: 'settings', said: null }];
}

function settingIssues({ hasOperator, now }: CallSubject): SystemIssue[] {
  if (hasOperator) return [];
  const setting = 'DINGTALK_OPERATOR_UNION_ID';
  return [
    {
      code: 'operator-missing',
      evidence: [{ what: 'operator-setting', value: setting, at: now, source: 'settings', said: null }],
    },
  ];
}

function budgetIssues({ budget: { spent, limit, reserve }, now }: SystemSubject): SystemIssue[] {
  const evidence = [
    { what: 'calls-spent', value: `${spent} / ${limit}`, at: now, source: 'ledger', said: null },
  ] as const;
  if (spent >= limit) return [{ code: 'budget-spent', evidence }];
  return spent >= limit - reserve ? [{ code: 'budget-reserve', evidence }] : [];
}

function pauseIssues({ pause }: SystemSubject): SystemIssue[] {
  if (pause === null) return [];
  const evidence = [
    { what: 'jobs-paused-since', value: pause.reason, at: pause.since, source: 'ledger', said: null },
    { what: 'next-attempt', value: '', at: pause.probeAt, source: 'ledger', said: null },
  ] as const;
  return [{ code: 'jobs-paused', evidence }];
}

function clockIssues({ clock }: SystemSubject): SystemIssue[] {
  if (clock === null || Math.abs(clock.aheadMs) <= DINGTALK_APART_MS) return [];
  const value = String(Math.round(clock.aheadMs / 1_000));
  return [
    {
      code: 'clock-off',
      evidence: [{ what: 'clock-apart', value, at: clock.at, source: 'heard', said: null }],
    },
  ];
}

/** Robots send digests while pushes run short, and nothing once they are used up. */
function pushIssues({ pushes: { used, limit, pace }, now }: SystemSubject): SystemIssue[] {
  if (pace === 'each') return [];
  const code = pace === 'spent' ? 'pushes-spent' : 'pushes-short';
  const value = `${used} / ${limit}`;
  return [{ code, evidence: [{ what: 'pushes-counted', value, at: now, source: 'events', said: null }] }];
}

function eventIssues({ events, pushes, now }: SystemSubject): SystemIssue[] {
  if (events.transport === 'off') return [];
  const evidenceOf = (what: SystemEvidence['what'], value: string, at = now): SystemEvidence => ({
    what,
    value,
    at,
    source: 'events',
    said: null,
  });
  const { stream, trust, lastAt } = events;
  const found: SystemIssue[] = [];
  const isOut = stream !== null && stream.state === 'waiting' && now - stream.since >= STREAM_OUT_MS;
  if (isOut) {
    found.push({
      code: 'stream-not-open',
      evidence: [evidenceOf('stream-state', stream.problem ?? '', stream.since)],
    });
  } else if (events.transport === 'stream' && events.isJobInstance && !events.isHeld) {
    found.push({ code: 'stream-not-open', evidence: [evidenceOf('stream-held', '')] });
  }
  // Without pushes left DingTalk may send no events, which says nothing of the way that they take.
  if (areEventsSilent(trust) && pushes.pace !== 'spent') {
    const missed = evidenceOf('looks-missed', `${trust.missed} / ${trust.missed + trust.agreed}`);
    const last = lastAt === null ? [] : [evidenceOf('event-received', '', lastAt)];
    found.push({ code: 'events-silent', evidence: [missed, ...last] });
  }
  return found;
}

const EVIDENCE_OF: Record<SecretUse, SystemEvidence['what']> = {
  search: 'secret-searches',
  reveal: 'secret-reveals',
};

/** So many people and addresses are named; the audit log has all. */
const MOST_NAMED = 10;

/** Who used secrets more often within an hour than the limit lets them: `name: tried / limit`. */
function secretIssues({ secretUses }: SystemSubject): SystemIssue[] {
  const [first, ...more] = secretUses
    .filter(({ use, by, count }) => count > SECRET_LIMITS[use][by])
    .slice(0, MOST_NAMED)
    .map(({ use, by, key, name, count, lastAt }): SystemEvidence => {
      const who = name === key ? key : `${name} (${key})`;
      const value = `${who}: ${count} / ${SECRET_LIMITS[use][by]}`;
      return { what: EVIDENCE_OF[use], value, at: lastAt, source: 'counts', said: null };
    });
  return first ? [{ code: 'secret-limit-exceeded', evidence: [first, ...more] }] : [];
}
