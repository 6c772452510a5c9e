import type { UpstreamSaid } from '#lib/domain/errors.ts';
import type { SystemIssueCode } from './system-issue.ts';

/** What the doctor looks at, in this order: what comes first explains what comes after. */
export const DOCTOR_STEPS = [
  'configuration',
  'host',
  'credentials',
  'token',
  'scope',
  'operator',
  'ip-list',
  'quota',
  'events',
  'clock',
  'database',
  'audit',
  'sealed',
  'files',
] as const;

export type DoctorStepName = (typeof DOCTOR_STEPS)[number];

/** Everything that a step can say it found. Each has a text in the words, under `doctor.facts`. */
export const DOCTOR_FACTS = [
  'settings-read',
  'settings-problem',
  'proxy-used',
  'host-reached',
  'host-plain',
  'host-failed',
  'host-through-proxy',
  'certificate-issuer',
  'hosts-mixed',
  'oapi-region-untold',
  'old-api-answers',
  'old-api-not-dingtalk',
  'app-accepted',
  'no-corp',
  'token-lives',
  'token-accepted',
  'token-untried',
  'scope-has',
  'scope-lacks',
  'scope-untold',
  'scope-at-sign-in',
  'operator-employee',
  'operator-not-employee',
  'operator-rooms',
  'operator-device',
  'operator-device-gone',
  'operator-no-device',
  'operator-none',
  'answers-heard',
  'own-budget',
  'ban-lasts',
  'quota-untold',
  'events-off',
  'stream-registered',
  'stream-open',
  'stream-trouble',
  'stream-elsewhere',
  'stream-not-held',
  'callback-set',
  'pushes',
  'event-last',
  'event-none',
  'ticks-untold',
  'clock-dingtalk',
  'clock-untold',
  'clock-database',
  'database-answers',
  'database-current',
  'database-missing',
  'database-unknown',
  'database-says',
  'database-none',
  'database-durable',
  'audit-whole',
  'audit-none',
  'audit-remembered',
  'audit-not-remembered',
  'audit-key-changes',
  'audit-missing',
  'audit-altered',
  'audit-forged',
  'audit-unsealed',
  'sealed-all',
  'sealed-due',
  'sealed-foreign',
  'files-closed',
  'files-without-modes',
  'file-open',
  'file-open-by-platform',
] as const;

export type DoctorFactName = (typeof DOCTOR_FACTS)[number];

export type DoctorFact = { name: DoctorFactName; values: Record<string, string> };

/** One thing that was asked, and what came: as DingTalk said it, with what may be a secret masked. */
export type DoctorProof = {
  /** Method and path pattern. */
  asked: string;
  /** ISO 8601 UTC. */
  at: string;
  ms: number;
  said: UpstreamSaid;
  message: string | null;
};

/**
 * One step of the walk. `unknown`: looked at, and nothing tells whether it is well. `not-asked`: `blockedBy` stood in the
 * way. A failed one names its trouble, whose words hold cause, cure and screen.
 */
export type DoctorStep = {
  step: DoctorStepName;
  facts: DoctorFact[];
  proof: DoctorProof[];
} & (
  | { state: 'ok' | 'unknown'; trouble: null; blockedBy: null }
  | { state: 'failed'; trouble: SystemIssueCode; blockedBy: null }
  | { state: 'not-asked'; trouble: null; blockedBy: DoctorStepName }
);

/** What a walk costs: at most so many metered calls of the month, of those that are left; null where nobody can say. */
export type DoctorCost = { calls: number; left: number | null };

/** A walk as it is told, one of these after the other: first its cost, then each step, then whether all was well. */
export type HealthCheckOutput =
  | { kind: 'begun'; at: string; cost: DoctorCost }
  | ({ kind: 'step' } & DoctorStep)
  | { kind: 'done'; at: string; well: boolean };

/** Rooms are listed and a device is asked for; where none is known, a room is asked for one before. */
export const callsOfCheck = (knowsDevice: boolean): number => (knowsDevice ? 2 : 3);

/** A fact, with its values as texts. */
export const fact = (name: DoctorFactName, values: Record<string, string | number> = {}): DoctorFact => ({
  name,
  values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)])),
});
