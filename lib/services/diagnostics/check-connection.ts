import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { DiagnosticContext } from './diagnostic-context.ts';
import { examine } from './doctor.ts';

/** A walk that several people may watch: what it told so far, and who hears the rest. */
type Watched = { told: HealthCheckOutput[]; listeners: Set<() => void>; over: boolean };

/** Desks whose connection is being checked: one walk at a time in a process, whoever asks for it. */
const underWay = new WeakMap<ServiceContext['checking'], Watched>();

/**
 * Has the way to DingTalk and back looked at, and tells piece by piece what was found; who asks while a walk is under way
 * watches that one. It goes on when nobody watches any more, and what it found is in the audit log. Throws not-permitted,
 * too-many-questions.
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
  // Somebody else may have begun meanwhile.
  return tellAll(walked() ?? begin(context, caller));
}

/** The most metered calls that one walk makes. */
const MOST_CALLS = 3;

/** A walk that ran out of its person's share halfway would blame DingTalk; so it does not begin. */
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
  const watched: Watched = { told: [], listeners: new Set(), over: false };
  const wake = () => {
    for (const listener of watched.listeners) listener();
  };
  underWay.set(checking, watched);
  const work = examine(diagnosticContextOf(context, operator.subject), (told) => {
    watched.told.push(told);
    wake();
  });
  const action = 'connection-checked' as const;
  void work
    .then(async () => {
      if (!operatorAnswered(watched.told)) return;
      // DingTalk answers the configured operator, so jobs that it refused may go on.
      await store.resumeJobs(clock.now());
    })
    .then(
      () => audit.note({ by: operator, source, action, about: whatWasFound(watched.told) }),
      (error: unknown) => {
        warn('connection not checked', { error: String(error) });
        audit.note({ by: operator, source, action, outcome: 'failed', about: whatWasFound(watched.told) });
      },
    )
    .finally(() => {
      watched.over = true;
      underWay.delete(checking);
      wake();
    });
  return watched;
}

async function* tellAll(watched: Watched): AsyncGenerator<HealthCheckOutput> {
  for (let at = 0; ; at += 1) {
    while (at >= watched.told.length) {
      if (watched.over) return;
      await new Promise<void>((resolve) => {
        const listener = () => {
          watched.listeners.delete(listener);
          resolve();
        };
        watched.listeners.add(listener);
      });
    }
    const told = watched.told[at];
    if (told) yield told;
  }
}

const operatorAnswered = (told: readonly HealthCheckOutput[]) =>
  told.some((each) => each.kind === 'step' && each.step === 'operator' && each.state === 'ok');

/** The troubles of a walk, in the order in which they were found; `well` when there is none. */
function whatWasFound(told: readonly HealthCheckOutput[]): string {
  const troubles = told.flatMap((each) =>
    each.kind === 'step' && each.state === 'failed' ? [`${each.step}: ${each.trouble}`] : [],
  );
  return troubles.length === 0 ? 'well' : troubles.join(', ');
}

/** The desk that runs, as the doctor looks at one. */
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
