import type { ShownCheck } from '#lib/api/notes/note-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { AppError } from '#lib/domain/errors.ts';
import { iso } from '#lib/domain/iso.ts';
import { CHECK_SHOWN_FOR_MS, type Check, type CheckAnswer, type CheckStep } from '#lib/domain/notes/check.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { visibleReading } from '#lib/services/devices/device-access.ts';

type Context = Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId' | 'limits'>;

/** The checklist answers for a device of the last day, as one person may see them. */
export async function checksShown(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  operator: Operator,
  ref: DeviceRef,
): Promise<ShownCheck[]> {
  const now = clock.now();
  const checks = await store.checksOf(ref);
  return checks
    .filter(({ at }) => now - at < CHECK_SHOWN_FOR_MS)
    .map((check) => shownCheck(check, operator, now));
}

/**
 * Stores a checklist answer about a device that the caller may see. Throws device-not-found, too-many-questions.
 */
export async function recordCheck(
  context: Context,
  caller: Caller,
  { ref, step, answer }: { ref: DeviceRef; step: CheckStep; answer: CheckAnswer },
): Promise<{ checks: ShownCheck[] }> {
  const { operator } = caller;
  const { store, clock, limits } = context;
  await limits.check(caller);
  await permitKnown(context, operator, ref);
  const { subject, name } = operator;
  await store.keepCheck(ref, { step, answer, at: clock.now(), subject, name });
  return { checks: await checksShown(context, operator, ref) };
}

/** Removes the caller's own newest answer to a question. Throws the same. */
export async function takeBackCheck(
  context: Context,
  caller: Caller,
  { ref, step }: { ref: DeviceRef; step: CheckStep },
): Promise<{ checks: ShownCheck[] }> {
  const { operator } = caller;
  const { store, clock, limits } = context;
  await limits.check(caller);
  await permitKnown(context, operator, ref);
  await store.takeBackCheck(ref, { step, subject: operator.subject, at: clock.now() });
  return { checks: await checksShown(context, operator, ref) };
}

/** Throws device-not-found for a device that the person may not see, as for one that does not exist. */
async function permitKnown(context: Context, operator: Operator, ref: DeviceRef): Promise<void> {
  const { reading } = await visibleReading(context, operator, ref);
  if (!reading) throw new AppError('device-not-found.not-known-yet');
}

function shownCheck({ step, answer, at, subject, name }: Check, operator: Operator, now: number): ShownCheck {
  return {
    step,
    answer,
    at: iso(at),
    // The wall clock may have stepped back since; an age is never negative.
    ageMs: Math.max(0, now - at),
    by: can(operator.role, 'see-identity') ? name : null,
    own: subject === operator.subject,
  };
}
