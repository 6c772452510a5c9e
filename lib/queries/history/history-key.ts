/**
 * What all histories of one device are kept under; without a device, those of all. Apart from the question itself, which
 * only a device page asks.
 */
export const historyKey = (reader: string, deviceId?: string | null) =>
  ['device-history', reader, ...(deviceId ? [deviceId] : [])] as const;
