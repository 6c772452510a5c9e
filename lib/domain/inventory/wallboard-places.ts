import type { RoomRef } from '#lib/domain/devices/device.ts';

/** What a wall shows as one thing: a room with the devices in it that want somebody, or a device that is in no room. */
export type WallboardPlace<D> = { key: string; devices: [D, ...D[]] };

/** Devices by their rooms, in the order in which the rooms are first named. */
export function wallboardPlaces<D extends { room: RoomRef | null }>(
  devices: readonly D[],
): WallboardPlace<D>[] {
  const places = new Map<string, WallboardPlace<D>>();
  for (const [at, device] of devices.entries()) {
    const key = device.room === null ? `device ${at}` : `room ${device.room.id}`;
    const place = places.get(key);
    if (place) place.devices.push(device);
    else places.set(key, { key, devices: [device] });
  }
  return [...places.values()];
}

/** The places for which there is room, and how many devices are not among them. `total` counts those not read as well. */
export function wallCut<D>(places: readonly WallboardPlace<D>[], room: number, total: number) {
  const shown = places.slice(0, room);
  const seen = shown.reduce((sum, { devices }) => sum + devices.length, 0);
  return { shown, more: Math.max(0, total - seen) };
}
