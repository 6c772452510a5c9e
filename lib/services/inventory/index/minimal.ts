import type { FleetController, FleetDevice } from '#lib/domain/inventory/fleet.ts';
import type { KnownRoom } from '#lib/domain/rooms/room.ts';

/**
 * Makes what was read smaller to hold: a hundred thousand devices say the same few hundred models, versions and states,
 * and a database's answer has a copy of each for each.
 */
export type Lean = {
  device(device: FleetDevice): FleetDevice;
  room(room: KnownRoom): KnownRoom;
};

/** More different texts than this are no longer few; those that come later keep their copies. */
const MOST_TEXTS = 20_000;

/** As for texts. */
const MOST_WHOLES = 500;

export function createMinimal(): Lean {
  const texts = new Map<string, string>();
  const one = <T extends string | null>(text: T): T => {
    if (text === null) return text;
    const known = texts.get(text);
    if (known !== undefined) return known as T;
    if (texts.size < MOST_TEXTS) texts.set(text, text);
    return text;
  };
  const wholes = new Map<string, object>();
  /** One object for all that are equal; nobody changes them. */
  const same = <T extends object>(whole: T): T => {
    const text = JSON.stringify(whole);
    const known = wholes.get(text);
    if (known) return known as T;
    if (wholes.size < MOST_WHOLES) wholes.set(text, whole);
    return whole;
  };
  const controller = ({ deviceId, name, model, status }: FleetController): FleetController => ({
    deviceId,
    name,
    model: one(model),
    status: { state: one(status.state), raw: one(status.raw) },
  });
  return {
    device: (device) => ({
      ...device,
      deviceId: device.deviceId === device.key ? device.key : device.deviceId,
      kind: one(device.kind),
      model: one(device.model),
      state: one(device.state),
      rawStatus: one(device.rawStatus),
      firmware: one(device.firmware),
      software: one(device.software),
      camera: one(device.camera),
      networkType: one(device.networkType),
      source: one(device.source),
      parts: one(device.parts ?? null),
      controllers: device.controllers.length === 0 ? NONE : device.controllers.map(controller),
      issues: device.issues.length === 0 ? NONE : same(device.issues),
      nextCheck: device.nextCheck && { at: device.nextCheck.at, reason: one(device.nextCheck.reason) },
    }),
    // Which devices stand in a room is asked of the devices.
    room: (room) => ({
      ...room,
      groupId: one(room.groupId),
      labels:
        room.labels.length === 0
          ? NONE
          : room.labels.map(({ id, name }) => ({ id: one(id), name: one(name) })),
      bookingRight: same(room.bookingRight),
      unknownFields: same(room.unknownFields),
      deviceUnionIds: null,
    }),
  };
}

const NONE: never[] = [];
