import type { Purpose } from '#lib/dingtalk/client/meter.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { AppError, asAppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';

/**
 * Goes and looks at a device for nobody but the desk and records what it says. Answers whether it
 * is there; one that DingTalk no longer knows is marked gone. Throws AppErrors dingtalk-*.
 */
export async function observe(
  context: ServiceContext,
  ref: DeviceRef,
  purpose: Exclude<Purpose, 'look-up'>,
): Promise<'there' | 'removed'> {
  const { dingtalk, store, clock, operatorUnionId, budgetMs } = context;
  if (operatorUnionId === null) throw new AppError('dingtalk-refused.operator-missing');
  try {
    const { device, raw } = await dingtalk.queryDevice(ref, operatorUnionId, { budgetMs, purpose });
    const observedAt = clock.now();
    await store.recordReading(ref, { device, observedAt, source: 'sweep', operatorUnionId, raw });
    return 'there';
  } catch (thrown) {
    if (asAppError(thrown).code !== 'device-not-found') throw thrown;
    await store.markDeviceRemoved(ref, clock.now());
    return 'removed';
  }
}
