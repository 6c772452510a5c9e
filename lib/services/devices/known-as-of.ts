import type { DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import type { ShownDifference } from '#lib/api/history/history-answers.ts';
import type { Operator, Role } from '#lib/domain/access/operator.ts';
import { concealChange, openControllers } from '#lib/domain/devices/conceal-change.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { watchedSince } from '#lib/domain/devices/query-decision.ts';
import { AppError } from '#lib/domain/errors.ts';
import { iso } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { issuesAsOf } from '#lib/services/issues/device-issues.ts';
import { differences } from '#lib/store/history/differences.ts';
import { visibleReadingAsOf } from './device-access.ts';
import { shownAt } from './present.ts';
import { refuseFuture } from './view-as-of.ts';

/** Two moments in milliseconds since the epoch; without the second one it is now. */
export type Moments = { at: number; against?: number | undefined };

/**
 * A device as this desk knew it at a moment: what it learnt later is not in it, so that a link shows the same next month.
 * Beside it what was other at a second moment. Never calls DingTalk. Throws invalid-question.moment,
 * device-not-found.not-known-then.
 */
export async function getDeviceAsOf(
  context: Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId'>,
  operator: Operator,
  ref: DeviceRef,
  { at, against }: Moments,
): Promise<DeviceAnswer> {
  const now = context.clock.now();
  const other = against ?? now;
  refuseFuture(context.clock, at, other);
  const knownAt = async (moment: number) => {
    const reading = await visibleReadingAsOf(context, operator, ref, moment);
    if (!reading) return null;
    const { observedAt, source } = reading;
    return { ...(await context.store.withOverrides(reading, ref, moment)), observedAt, source };
  };
  const [then, compared, watches] = await Promise.all([
    knownAt(at),
    knownAt(other),
    context.store.watches(0, at),
  ]);
  if (!then) throw new AppError('device-not-found.not-known-then');
  return {
    ...shownAt(then, operator.role, { now: at, vouchedSince: watchedSince(watches, at) }),
    issues: issuesAsOf(then, at, operator.role),
    source: 'last-known',
    callsLeft: null,
    share: null,
    past: {
      at: iso(at),
      against: iso(other),
      differs: compared ? shownDifferences(then.device, compared.device, operator.role) : [],
    },
  };
}

function shownDifferences(from: Device, to: Device, role: Role): ShownDifference[] {
  const found = differences(from, to);
  const open = openControllers([from, to], found);
  return found.map((each) => concealChange(each, role, open));
}
