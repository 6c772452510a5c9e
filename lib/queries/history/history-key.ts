import type { Reader } from '#lib/queries/reader.ts';

/**
 * What all histories of one device are kept under; without a device, those of all. Apart from the question itself, which
 * only a device page asks.
 */
export const historyKey = (reader: Reader, deviceId?: string | null) =>
  ['device-history', reader.key, ...(deviceId ? [deviceId] : [])] as const;
