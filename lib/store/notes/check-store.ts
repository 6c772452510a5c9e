import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Check, CheckStep } from '#lib/domain/notes/check.ts';

/** What people in the room said of a device. Who tells of a device that nobody knows is not heard. */
export type CheckStore = {
  /** The newest answer to each question, the newest first. Nobody may change the answer. */
  checksOf(ref: DeviceRef): Promise<Check[]>;
  /**
   * A newer answer to the same question hides other people's and replaces the person's own. Answers whether the device is
   * known.
   */
  keepCheck(ref: DeviceRef, check: Check): Promise<boolean>;
  /** Takes the newest answer to a question back where it is the person's own, so that somebody else's before it shows again. */
  takeBackCheck(ref: DeviceRef, own: { step: CheckStep; subject: string; at: number }): Promise<void>;
};
