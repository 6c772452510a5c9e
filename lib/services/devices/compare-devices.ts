import type {
  ComparedField,
  ComparedSide,
  Comparing,
  Comparison,
  DeviceAnswer,
} from '#lib/api/devices/device-answers.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { sideBySide } from '#lib/store/history/differences.ts';
import { findKnownDevice } from './known-device.ts';

/** Two devices by their device ids, or by union ids where somebody may know those. */
type Pair<T> = { left: T; right: T };

/**
 * What is known of two devices, field by field. They are compared as the reader sees them: of two concealed values not
 * even the sameness is known here. Never calls DingTalk.
 */
export async function findComparison(
  context: ServiceContext,
  operator: Operator,
  { left, right }: Pair<string | null>,
): Promise<Comparing> {
  const [first, second] = await Promise.all([left, right].map((id) => known(context, operator, id)));
  if (!first || !second) return { left: sideOf(first), right: sideOf(second), fields: [] };
  return comparisonOf(first, second);
}

/** As findComparison, but throws AppError device-not-found when either is not known. */
export async function compareDevices(
  context: ServiceContext,
  operator: Operator,
  ids: Pair<string>,
): Promise<Comparison> {
  const { left, right, fields } = await findComparison(context, operator, ids);
  if (!left || !right) throw new AppError('device-not-found.not-known-yet');
  return { left, right, fields };
}

async function known(context: ServiceContext, operator: Operator, id: string | null) {
  if (id === null) return null;
  const as = (by: DeviceRef['by']) => findKnownDevice(context, operator, { by, id });
  return (await as('deviceId')) ?? as('unionId');
}

function comparisonOf(left: DeviceAnswer, right: DeviceAnswer): Comparison {
  const fields = sideBySide(left.device, right.device).map(({ field, from, to, same }): ComparedField => {
    const unseen = isConcealed(from) || isConcealed(to);
    return {
      field,
      left: from,
      right: to,
      same: unseen ? null : same,
      leftAt: momentOf(left, field),
      rightAt: momentOf(right, field),
    };
  });
  return { left: sideOf(left), right: sideOf(right), fields };
}

/** An event may have told of it since, or of what it is a part of. */
function momentOf({ overrides, observedAt }: DeviceAnswer, field: string): string {
  return (
    overrides.find((each) => field === each.field || field.startsWith(`${each.field}.`))?.at ?? observedAt
  );
}

function sideOf(answer: DeviceAnswer): ComparedSide;
function sideOf(answer: DeviceAnswer | null | undefined): ComparedSide | null;
function sideOf(answer: DeviceAnswer | null | undefined): ComparedSide | null {
  if (!answer) return null;
  const { device, observedAt, ageMs, overrides, issues } = answer;
  const { deviceId, unionId, name, room, status } = device;
  return { device: { deviceId, unionId, name, room, status }, observedAt, ageMs, overrides, issues };
}
