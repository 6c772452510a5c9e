import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';

/** Which readings count. Without `operatorUnionId`, those in anybody's name. */
export type ReadingFilter = {
  operatorUnionId?: string;
  /** Readings from after this moment count only when there are no others: the clock was set back since. */
  now: number;
};

/** Readings and refusals. Times are milliseconds since the epoch; promises settle when durable. */
export type ReadingStore = {
  /**
   * Keeps a reading for good, with the name it was asked by, and brings the inventory up to date in the same breath:
   * device, controllers, identifiers, changes, status span, next look, feed. Readings may arrive in any order; one that is older
   * than what the inventory knows is kept and changes nothing else. A device that was gone is back.
   */
  recordReading(ref: DeviceRef, reading: Reading): Promise<void>;
  /**
   * The newest reading of a device. A union id means the device that it was last asked for, else the only one that
   * bears it: DingTalk gives a device and its panel the same one, and a guess would show the wrong device.
   */
  latestReading(ref: DeviceRef, filter: ReadingFilter): Promise<Reading | null>;
  /** The CorpIds that the newest readings of listed devices name, of so many devices at most; those without one left out. */
  deviceOrganisations(devices: number): Promise<string[]>;
  /** Remembers that DingTalk refused this device to this operator. */
  recordRefusal(ref: DeviceRef, operatorUnionId: string, refusedAt: number): Promise<void>;
  /** When DingTalk last refused this device, under any of its names, to this operator; null when it never did. */
  lastRefusal(refs: DeviceRef[], operatorUnionId: string): Promise<number | null>;
  /** Remembers for an hour that DingTalk knew no such device when this operator asked. */
  recordAbsence(ref: DeviceRef, operatorUnionId: string, at: number): Promise<void>;
  /** When DingTalk last answered this operator under exactly this name that there is no such device, or refused it. */
  negativeAnswers(
    ref: DeviceRef,
    operatorUnionId: string,
  ): Promise<{ absentAt: number | null; refusedAt: number | null }>;
};
