import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import type { RoomRow } from '#lib/api/rooms/room-answers.ts';
import { type Action, can, type Role } from '#lib/domain/access/operator.ts';
import { CONCEALED, type Concealed } from '#lib/domain/devices/conceal.ts';
import { newestEvidence, withCurrency } from '#lib/domain/devices/status-currency.ts';
import { mayNameDevice } from '#lib/domain/devices/union-id.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { IndexedDevice } from '#lib/services/inventory/index/indexed-device.ts';
import type { IndexedRoom } from './index/room-index.ts';
import type { InventoryView } from './inventory.ts';

/** For whom and when a row is shown; `now` is milliseconds since the epoch. */
export type Showing = { view: InventoryView; role: Role; now: number };

/** A device as one role may see it in a list; what it may not see is not in it. */
export function shownDevice(
  { view, role, now }: Showing,
  { device, groupId, roomName, current }: IndexedDevice,
): FleetRow {
  const keep = <T>(action: Action, value: T): T | Concealed => (can(role, action) ? value : CONCEALED);
  const seenAt = newestEvidence(device.observedAt, device.eventAt);
  return {
    key: mayNameDevice(role, device) ? device.key : '',
    deviceId: device.deviceId,
    unionId: keep('see-identity', device.unionId),
    name: device.name,
    kind: device.kind,
    model: device.model,
    status: { state: device.state, raw: device.rawStatus, current },
    room: device.roomId === null ? null : { id: device.roomId, name: roomName },
    group: groupId === null ? null : { id: groupId, name: view.groups.get(groupId)?.name ?? null },
    serial: keep('see-identity', device.serial),
    mac: keep('see-identity', device.mac),
    firmware: device.firmware,
    software: device.software,
    network: { type: device.networkType, ip: keep('see-network', device.ip) },
    controllers: device.controllers.map((each) => ({
      ...each,
      status: withCurrency(each.status, seenAt, view.fleet.judged),
    })),
    observedAt: isoOrNull(device.observedAt),
    // The wall clock may have stepped back since; an age is never negative.
    ageMs: device.observedAt === null ? null : Math.max(0, now - device.observedAt),
    source: device.source,
    eventAt: isoOrNull(device.eventAt),
    stateSince: isoOrNull(device.stateSince),
    removedAt: isoOrNull(device.removedAt),
    issues: device.issues,
    issueSince: isoOrNull(device.issueSince),
    nextCheck: device.nextCheck && { at: iso(device.nextCheck.at), reason: device.nextCheck.reason },
  };
}

/** A room with its devices as one role may see them. */
export function shownRoom(
  showing: Showing,
  { room, path, groupId, deviceKeys, state }: IndexedRoom,
): RoomRow {
  const { view } = showing;
  return {
    id: room.id,
    name: room.name,
    group: groupId === null ? null : { id: groupId, name: view.groups.get(groupId)?.name ?? null },
    path,
    capacity: room.capacity,
    location: room.location,
    labels: room.labels,
    bookingRight: room.bookingRight,
    state,
    devices: deviceKeys
      .map((key) => view.fleet.get(key))
      .filter((row) => row !== undefined)
      .map((row) => shownDevice(showing, row)),
    observedAt: iso(room.observedAt),
    detailAt: isoOrNull(room.detailAt),
    removedAt: isoOrNull(room.removedAt),
  };
}
