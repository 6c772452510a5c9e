/** The name a device is asked by: its device id or its union id, exactly one. */
export type DeviceRef = { by: 'deviceId' | 'unionId'; id: string };

/** The name that a known device is asked by: its own id where it has one; null when it has none at all. */
export function refTo({
  deviceId,
  unionId,
}: {
  deviceId: string | null;
  unionId: string | null;
}): DeviceRef | null {
  if (deviceId !== null) return { by: 'deviceId', id: deviceId };
  return unionId === null ? null : { by: 'unionId', id: unionId };
}

/** Longest id that is sent on; the longest seen in DingTalk's documentation is 48. */
export const MAX_ID_LENGTH = 128;

const ID = /^[A-Za-z0-9][A-Za-z0-9_+=.-]*$/;

/** Why a text cannot be an id, or null when it can. Path tricks, spaces and control characters never reach DingTalk. */
export function whyNotAnId(text: string): 'empty' | 'length' | 'characters' | null {
  if (text === '') return 'empty';
  if (text.length > MAX_ID_LENGTH) return 'length';
  return ID.test(text) && !text.includes('..') ? null : 'characters';
}

/** The desk's own address of a device. */
export function devicePath(ref: DeviceRef): `/devices/${string}` {
  const id = encodeURIComponent(ref.id);
  return ref.by === 'deviceId' ? `/devices/${id}` : `/devices/union/${id}`;
}
