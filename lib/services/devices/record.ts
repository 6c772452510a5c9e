import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import type { ServiceContext } from '#lib/services/context.ts';

type Recorder = Pick<ServiceContext, 'store' | 'clock' | 'warn'>;

/**
 * Keeps a reading; the one verb for every way to learn of a device.
 * A store that cannot write costs the memory of this answer, not the answer: it was paid for and is shown.
 */
export async function recordReading(context: Recorder, ref: DeviceRef, reading: Reading): Promise<void> {
  await orWarn(context, 'reading not recorded', () => context.store.recordReading(ref, reading));
}

/** Keeps that DingTalk refused this device to this operator just now; a store that cannot write does not hide it. */
export async function recordRefusal(
  context: Recorder,
  ref: DeviceRef,
  operatorUnionId: string,
): Promise<void> {
  await orWarn(context, 'refusal not recorded', () =>
    context.store.recordRefusal(ref, operatorUnionId, context.clock.now()),
  );
}

/** Keeps that DingTalk answered this operator just now that there is no such device. */
export async function recordAbsence(
  context: Recorder,
  ref: DeviceRef,
  operatorUnionId: string,
): Promise<void> {
  await orWarn(context, 'absence not recorded', () =>
    context.store.recordAbsence(ref, operatorUnionId, context.clock.now()),
  );
}

async function orWarn({ warn }: Recorder, fact: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    warn(fact, { error: String(error) });
  }
}
