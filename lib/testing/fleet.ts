import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom, Room } from '#lib/domain/rooms/room.ts';

/** A device of the inventory with only the given values. */
export function fleetDevice(said: Partial<FleetDevice> & { key: string }): FleetDevice {
  return {
    deviceId: said.key,
    unionId: null,
    name: null,
    kind: 'device',
    model: null,
    state: 'idle',
    rawStatus: null,
    roomId: null,
    roomName: null,
    serial: null,
    mac: null,
    ip: null,
    firmware: null,
    software: null,
    camera: null,
    networkType: null,
    controllers: [],
    firstSeenAt: 1,
    observedAt: null,
    eventAt: null,
    source: null,
    stateSince: null,
    changedAt: null,
    removedAt: null,
    parts: null,
    issues: [],
    issueSince: null,
    nextCheck: null,
    ...said,
  };
}

/** A room with only the given values. */
export function room(said: Partial<Room> & { id: string }): Room {
  return {
    unionId: null,
    name: null,
    capacity: null,
    location: null,
    labels: [],
    groupId: null,
    bookingRight: { who: 'everyone', raw: 0 },
    description: null,
    externalId: null,
    deviceUnionIds: null,
    unknownFields: {},
    ...said,
  };
}

/** A room of the inventory with only the given values. */
export const knownRoom = (said: Partial<KnownRoom> & { id: string }): KnownRoom => ({
  ...room(said),
  firstSeenAt: 1,
  observedAt: 1,
  detailAt: null,
  removedAt: null,
  ...said,
});
