import type { DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import { maskRaw } from '#lib/dingtalk/transport/mask-raw.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { visibleReading } from './device-access.ts';
import { present } from './present.ts';

/** The last known state of a device, or null when this desk knows none that the person may see. Never calls DingTalk. */
export async function findKnownDevice(
  context: ServiceContext,
  operator: Operator,
  ref: DeviceRef,
): Promise<DeviceAnswer | null> {
  const { reading, access } = await visibleReading(context, operator, ref);
  return reading && present(context, operator, ref, { reading, access, source: 'last-known' });
}

/** As findKnownDevice, but throws AppError device-not-found when there is none. */
export async function getKnownDevice(context: ServiceContext, operator: Operator, ref: DeviceRef) {
  const answer = await findKnownDevice(context, operator, ref);
  if (!answer) throw new AppError('device-not-found.not-known-yet');
  return answer;
}

/** What DingTalk sent, in its own spelling, with the secrets masked for everybody. Throws not-permitted, device-not-found. */
export async function getRawAnswer(
  context: ServiceContext,
  operator: Operator,
  ref: DeviceRef,
): Promise<{ observedAt: string; raw: unknown }> {
  assertCan(operator.role, 'see-raw');
  const { reading } = await visibleReading(context, operator, ref);
  if (!reading) throw new AppError('device-not-found.not-known-yet');
  return { observedAt: new Date(reading.observedAt).toISOString(), raw: maskRaw(reading.raw) };
}
