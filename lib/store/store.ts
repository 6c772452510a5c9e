import type { DeviceRef } from '#lib/domain/device-ref.ts';
import type { Reading } from '#lib/domain/reading.ts';

/** Everything the desk remembers, in domain words. Each promise settles after the write is durable. */
export type Store = {
  /** Keeps a reading for good. Readings may arrive in any order. */
  recordReading(ref: DeviceRef, reading: Reading): Promise<void>;
  /** The newest reading of a device, by when it was observed; with `operatorUnionId`, the newest asked in that name. */
  latestReading(ref: DeviceRef, filter?: { operatorUnionId?: string }): Promise<Reading | null>;
  /** The newest reading of each of the devices read last, newest first. */
  recentReadings(limit: number): Promise<Reading[]>;
  /** Remembers that DingTalk refused this device to this operator. */
  recordRefusal(ref: DeviceRef, operatorUnionId: string, refusedAt: number): Promise<void>;
  /** When DingTalk last refused this device, under either of its names, to this operator; null when it never did. */
  lastRefusal(refs: DeviceRef[], operatorUnionId: string): Promise<number | null>;
  /** Resolves when the store can answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};
