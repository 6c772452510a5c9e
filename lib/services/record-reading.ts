import type { DeviceRef } from '#lib/domain/device-ref.ts';
import type { Reading } from '#lib/domain/reading.ts';
import type { ServiceContext } from './context.ts';

/**
 * Keeps a reading; the one verb for every way to learn of a device.
 * A store that cannot write costs the memory of this answer, not the answer: it was paid for and is shown.
 */
export async function recordReading(
  context: Pick<ServiceContext, 'store' | 'warn'>,
  ref: DeviceRef,
  reading: Reading,
): Promise<void> {
  try {
    await context.store.recordReading(ref, reading);
  } catch (error) {
    context.warn('reading not recorded', { by: ref.by, error: String(error) });
  }
}
