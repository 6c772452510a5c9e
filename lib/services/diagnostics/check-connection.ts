import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { DiagnosticContext } from './diagnostic-context.ts';
import { examine } from './doctor.ts';

/** A health check that several people may watch: its output so far, and who waits for more. */
type Watched = { outputs: HealthCheckOutput[]; listeners: Set<() => void>; over: boolean };

/** Health checks under way: one at a time in a process, whoever asks for it. */
const underWay = new WeakMap<ServiceContext['checking'], Watched>();

/**
 * Runs the health check and yields its output as it comes, or joins one under way. It goes on when nobody watches any more,
 * and its result is in the audit log. Throws not-permitted, too-many-questions.
 */
export async function checkConnection(
  context: ServiceContext,
  caller: Caller,
): Promise<AsyncGenerator<HealthCheckOutput>> {
  assertCan(caller.operator.role, 'check-connection');
  const walked = () => underWay.get(context.checking);
  if (!walked()) {
    await requireShare(context, caller.operator);
    await context.limits.walk(caller);
  }
  // Another request may have begun one meanwhile.
  return outputsOf(walked() ?? begin(context, caller));
}

/** The most metered calls that one health check makes. */
const MOST_CALLS = 3;

/** Throws too-many-questions: a check that ran out of the person's daily share halfway would blame DingTalk. */
async function requireShare({ budget, clock }: ServiceContext, { subject }: Operator): Promise<void> {
  const { left, limit, renewsAt } = await budget.shareOf(subject);
  if (left >= MOST_CALLS) return;
  throw new AppError('too-many-questions.daily-share', {
    retryAfterSeconds: Math.max(1, Math.ceil((renewsAt - clock.now()) / 1000)),
    values: { share: String(limit) },
  });
}

function begin(context: ServiceContext, { operator, source }: Caller): Watched {
  const { checking, audit, warn, store, clock } = context;
  const watched: Watched = { outputs: [], listeners: new Set(), over: false };
  const wake = () => {
    for (const listener of watched.listeners) listener();
  };
  underWay.set(checking, watched);
  const work = examine(diagnosticContextOf(context, operator.subject), (output) => {
    watched.outputs.push(output);
    wake();
  });
  const action = 'connection-checked' as const;
  void work
    .then(async () => {
      if (!operatorAnswered(watched.outputs)) return;
      // DingTalk answers the configured operator, so jobs that it refused may go on.
      await store.resumeJobs(clock.now());
    })
    .then(
      () => audit.note({ by: operator, source, action, about: whatWasFound(watched.outputs) }),
      (error: unknown) => {
        warn('connection not checked', { error: String(error) });
        audit.note({ by: operator, source, action, outcome: 'failed', about: whatWasFound(watched.outputs) });
      },
    )
    .finally(() => {
      watched.over = true;
      underWay.delete(checking);
      wake();
    });
  return watched;
}

async function* outputsOf(watched: Watched): AsyncGenerator<HealthCheckOutput> {
  for (let at = 0; ; at += 1) {
    while (at >= watched.outputs.length) {
      if (watched.over) return;
      await new Promise<void>((resolve) => {
        const listener = () => {
          watched.listeners.delete(listener);
          resolve();
        };
        watched.listeners.add(listener);
      });
    }
    const output = watched.outputs[at];
    if (output) yield output;
  }
}

const operatorAnswered = (outputs: readonly HealthCheckOutput[]) =>
  outputs.some((each) => each.kind === 'step' && each.step === 'operator' && each.state === 'ok');

/** The failures of a health check in the order of its steps; `well` when there is none. */
function whatWasFound(outputs: readonly HealthCheckOutput[]): string {
  const failures = outputs.flatMap((each) =>
    each.kind === 'step' && each.state === 'failed' ? [`${each.step}: ${each.trouble}`] : [],
  );
  return failures.length === 0 ? 'well' : failures.join(', ');
}

/** What the health check needs of the running process. */
export function diagnosticContextOf(context: ServiceContext, subject: string): DiagnosticContext {
  const { store, clock, instanceId, checking, dingtalk, events } = context;
  return {
    settings: checking.settings,
    problems: [],
    checkup: dingtalk.checkup({ subject, unknownId: false }),
    store,
    clock,
    instanceId,
    place: checking.place,
    sealer: checking.sealer,
    secretFiles: checking.secretFiles,
    remembered: null,
    stream: events.streamState(),
  };
}
