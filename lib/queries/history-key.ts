/** What all histories of one device are kept under. Apart from the question itself, which only a device page asks. */
export const historyKey = (reader: string, deviceId: string) => ['device-history', reader, deviceId] as const;
