import { maskRaw } from '#lib/dingtalk/mask-raw.ts';
import type { DeviceAnswer } from '#lib/domain/answer.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import { AppError } from '#lib/domain/errors.ts';
import { can, type Operator } from '#lib/domain/operator.ts';
import type { ServiceContext } from './context.ts';
import { present } from './present.ts';
import { asKnownTo, knownTo } from './standing.ts';

/** The last known state of a device, or null when this desk knows none that the person may see. Never calls DingTalk. */
export async function findKnownDevice(
  context: ServiceContext,
  operator: Operator,
  ref: DeviceRef,
): Promise<DeviceAnswer | null> {
  const { reading } = await knownTo(context, operator, ref);
  return reading && present(context, operator, reading, 'last-known');
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
  if (!can(operator.role, 'see-raw')) throw new AppError('not-permitted.role');
  const { reading } = await knownTo(context, operator, ref);
  if (!reading) throw new AppError('device-not-found.not-known-yet');
  return { observedAt: new Date(reading.observedAt).toISOString(), raw: maskRaw(reading.raw) };
}

/** How many devices are looked through for those that a person may see. */
const LOOKED_THROUGH = 50;

/** The devices read last, newest first, as this person may see them. */
export async function listRecentDevices(
  context: ServiceContext,
  operator: Operator,
  limit: number,
): Promise<DeviceAnswer[]> {
  const answers: DeviceAnswer[] = [];
  for (const newest of await context.store.recentReadings(LOOKED_THROUGH)) {
    const { deviceId } = newest.device;
    if (deviceId === null) continue;
    const { reading } = await asKnownTo(context, operator, { by: 'deviceId', id: deviceId }, newest);
    if (reading) answers.push(present(context, operator, reading, 'last-known'));
    if (answers.length === limit) break;
  }
  return answers;
}
