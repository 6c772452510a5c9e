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

/** A walk under way: whom it looks at, and what has been found before its turn. */
export type Walk = {
  context: DiagnosticContext;
  /** Failures that showed before their step was looked at, such as an address that is not listed at the first call. */
  ahead: Map<DoctorStepName, Found>;
  /** What the address book said of the operator, for steps after the one that asked; null when it was not asked. */
  standing: 'employee' | 'nobody-of-ours' | null;
  /** Whether the old API has answered, and what stood in its way otherwise. */
  oldApi: 'answered' | 'no-scope' | 'untold';
  /** Rooms that the list named, for when no device is known. */
  rooms: { count: number; more: boolean; firstId: string | null } | null;
  /** The step that is to blame when nothing that rests on this one can be asked; undefined while nothing is in its way. */
  blamed(name: DoctorStepName): DoctorStepName | undefined;
};

/** One step of the health check. */
export type Step = {
  name: DoctorStepName;
  /** Steps that must not have failed; what stands in their way is in this one's too. */
  needs: readonly DoctorStepName[];
  /** What else is in its way, by the step that says so. */
  lacks?: (walk: Walk) => DoctorStepName | undefined;
  run: (walk: Walk) => Promise<Found>;
};

/** Where each trouble belongs, for what shows itself at another step. */
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
 * Goes through the steps in order and tells each as it is found; `ahead` is what is known before anything is asked. Answers
 * whether none failed.
 */
export async function walkThrough(
  steps: readonly Step[],
  context: DiagnosticContext,
  ahead: Walk['ahead'],
  report: (step: DoctorStep) => void,
): Promise<boolean> {
  /** What cannot be relied on, and the step that is to blame for it. */
  const toBlame = new Map<DoctorStepName, DoctorStepName>();
  const blamed = (name: DoctorStepName) => (ahead.has(name) ? name : toBlame.get(name));
  const walk: Walk = { context, ahead, blamed, standing: null, oldApi: 'untold', rooms: null };
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

/** What stood in the way may belong to a step that is still to come, which then has it. */
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

/** A thrown error as what a step found; what is no trouble of the desk is thrown on. */
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
