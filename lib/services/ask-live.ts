import type { DeviceRef } from '#lib/domain/device-ref.ts';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { Reading } from '#lib/domain/reading.ts';
import type { ServiceContext } from './context.ts';
import { isFresh } from './freshness.ts';
import { recordReading } from './record-reading.ts';

/** The reasons that speak of the operator rather than of the app or of the moment. */
const REFUSES_THE_OPERATOR: ReadonlySet<ErrorReason> = new Set([
  'dingtalk-refused.operator',
  'dingtalk-refused.operator-left',
]);

/**
 * Asks DingTalk in the operator's name and records the answer; the same question of the same operator that is
 * already under way is joined. `shared` is true when this caller did not cause the call.
 */
export async function askLive(
  context: ServiceContext,
  ref: DeviceRef,
  operatorUnionId: string | null,
  notBefore: number,
): Promise<{ reading: Reading; shared: boolean }> {
  if (operatorUnionId === null) throw new AppError('dingtalk-refused.operator-missing');
  let landed = false;
  const { result, joined } = context.underWay.share(`${operatorUnionId} ${ref.by} ${ref.id}`, async () => {
    // An answer to this operator may have landed between the look into the store and this moment.
    const own = await context.store.latestReading(ref, { operatorUnionId });
    if (
      own === null ||
      !isFresh(own, notBefore, context.clock.now()) ||
      (await refusedSince(context, ref, own))
    ) {
      return ask(context, ref, operatorUnionId);
    }
    landed = true;
    return own;
  });
  const reading = await result;
  return { reading, shared: joined || landed };
}

async function refusedSince(context: ServiceContext, ref: DeviceRef, own: Reading): Promise<boolean> {
  const refusedAt = await context.store.lastRefusal([ref], own.operatorUnionId);
  return refusedAt !== null && refusedAt >= own.observedAt;
}

async function ask(context: ServiceContext, ref: DeviceRef, operatorUnionId: string): Promise<Reading> {
  try {
    const { device, raw } = await context.dingtalk.queryDevice(ref, operatorUnionId, {
      budgetMs: context.budgetMs,
    });
    const observedAt = context.clock.now();
    const reading: Reading = { device, observedAt, source: 'look-up', operatorUnionId, raw };
    await recordReading(context, ref, reading);
    return reading;
  } catch (error) {
    if (error instanceof AppError && REFUSES_THE_OPERATOR.has(error.reason)) {
      await context.store.recordRefusal(ref, operatorUnionId, context.clock.now());
    }
    throw error;
  }
}
