import type { UpstreamOutcome } from '#lib/dingtalk/client/upstream-health.ts';
import {
  DOCTOR_STEPS,
  type DoctorFact,
  type DoctorProof,
  type DoctorStep,
  type DoctorStepName,
} from '#lib/domain/diagnostics/doctor.ts';
import { issueOfReason, type SystemIssueCode } from '#lib/domain/diagnostics/system-issue.ts';
import { asAppError } from '#lib/domain/errors.ts';
import { iso } from '#lib/domain/iso.ts';
import type { DiagnosticContext } from './diagnostic-context.ts';

/** What a step found. With `isInTheWay` false, later steps run although it failed. */
export type Found =
  | { state: 'ok' | 'unknown'; facts: DoctorFact[]; proof?: DoctorProof[] }
  | {
      state: 'failed';
      trouble: SystemIssueCode;
      facts: DoctorFact[];
      proof?: DoctorProof[];
      isInTheWay?: boolean;
    };

/** A health check under way, with what steps find for each other. */
export type Walk = {
  context: DiagnosticContext;
  /** Failures that showed before their step ran, such as an address that is not on the IP list at the first call. */
  ahead: Map<DoctorStepName, Found>;
  /** What the address book says of the operator; null when it was not queried. */
  membership: 'employee' | 'nobody-of-ours' | null;
  /** Whether the old API has answered, and otherwise why not. */
  oldApi: 'answered' | 'no-scope' | 'untold';
  /** Rooms of the room list, for when no device is known. */
  rooms: { count: number; more: boolean; firstId: string | null } | null;
  /** The failed step because of which steps that need this one cannot run; undefined when they can. */
  blamed(name: DoctorStepName): DoctorStepName | undefined;
};

/** One step of the health check. */
export type Step = {
  name: DoctorStepName;
  /** Steps that must not have failed or been blocked. */
  needs: readonly DoctorStepName[];
  /** The step that reports what else blocks this one. */
  lacks?: (walk: Walk) => DoctorStepName | undefined;
  run: (walk: Walk) => Promise<Found>;
};

/** The step of each issue, for issues that show at another step. */
const STEP_OF: Partial<Record<SystemIssueCode, DoctorStepName>> = {
  'credentials-refused': 'credentials',
  'organisation-unknown': 'credentials',
  'token-refused': 'token',
  'scope-missing': 'scope',
  'member-scope-missing': 'scope',
  'operator-missing': 'operator',
  'operator-left': 'operator',
  'operator-refused': 'operator',
  'ip-not-allowed': 'ip-list',
  'quota-gone': 'quota',
  'budget-spent': 'quota',
  'budget-reserve': 'quota',
  'address-banned': 'quota',
  throttled: 'quota',
  'database-unreachable': 'database',
  'database-not-durable': 'database',
};

/**
 * Runs the steps in order and reports each result; `ahead` has results that are known before. Returns whether no step
 * failed.
 */
export async function walkThrough(
  steps: readonly Step[],
  context: DiagnosticContext,
  ahead: Walk['ahead'],
  report: (step: DoctorStep) => void,
): Promise<boolean> {
  /** Steps that failed or were blocked, with the step that is the cause. */
  const toBlame = new Map<DoctorStepName, DoctorStepName>();
  const blamed = (name: DoctorStepName) => (ahead.has(name) ? name : toBlame.get(name));
  const walk: Walk = { context, ahead, blamed, membership: null, oldApi: 'untold', rooms: null };
  let well = true;
  for (const { name, needs, lacks, run } of steps) {
    const known = walk.ahead.get(name);
    const blocker = lacks?.(walk) ?? needs.map(blamed).find((each) => each !== undefined);
    const result = known ?? (blocker ? { blockedBy: blocker } : await resultOf(name, run, walk));
    const step = shown(name, result);
    if (step.state === 'failed') well = false;
    const isInTheWay = !('isInTheWay' in result) || result.isInTheWay !== false;
    if (step.state === 'not-asked') toBlame.set(name, step.blockedBy);
    else if (step.state === 'failed' && isInTheWay) toBlame.set(name, name);
    report(step);
  }
  return well;
}

type Result = Found | { blockedBy: DoctorStepName };

/** The result of a step. A failure that belongs to a later step is kept for that one. */
async function resultOf(name: DoctorStepName, run: Step['run'], walk: Walk): Promise<Result> {
  const before = walk.context.checkup?.outcomes().length ?? 0;
  try {
    return await run(walk);
  } catch (thrown) {
    const found = failure(thrown, walk.context.checkup?.outcomes().slice(before) ?? []);
    const own = STEP_OF[found.trouble] ?? name;
    if (DOCTOR_STEPS.indexOf(own) <= DOCTOR_STEPS.indexOf(name)) return found;
    walk.ahead.set(own, found);
    return { blockedBy: own };
  }
}

/** A thrown error as the result of a step; an error that is no service issue is thrown again. */
export function failure(
  thrown: unknown,
  outcomes: readonly UpstreamOutcome[],
): Extract<Found, { state: 'failed' }> {
  const error = asAppError(thrown);
  const trouble = issueOfReason(error.reason, outcomes.at(-1)?.api ?? '');
  if (trouble === null) throw thrown;
  return { state: 'failed', trouble, facts: [], proof: outcomes.map(asProof) };
}

export const asProof = ({ api, at, ms, said, message }: UpstreamOutcome): DoctorProof => ({
  asked: api,
  at: iso(at),
  ms: Math.round(ms),
  said,
  message,
});

function shown(step: DoctorStepName, result: Result): DoctorStep {
  if ('blockedBy' in result) {
    return { step, state: 'not-asked', facts: [], proof: [], trouble: null, blockedBy: result.blockedBy };
  }
  const common = { step, facts: result.facts, proof: result.proof ?? [], blockedBy: null };
  if (result.state !== 'failed') return { ...common, state: result.state, trouble: null };
  return { ...common, state: 'failed', trouble: result.trouble };
}
