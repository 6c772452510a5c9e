import { bornRecord } from './birth.ts';
import type { DeviceRecord, SimulatorContext } from './device-record.ts';
import { SAMPLE_CONTROLLER } from './documented-sample.ts';
import { ordinalOf, type Ref, refOf, slotOf } from './identities.ts';
import { type Notable, notables } from './notables.ts';
import { Places } from './places.ts';
import { Register } from './register.ts';
import { RoomChanges } from './room-changes.ts';
import { roomDetail, roomItem } from './room-record.ts';
import { ScenarioCast } from './scenario-cast.ts';

const CONTROLLER_FIELDS = Object.keys(SAMPLE_CONTROLLER);

export type WorldSize = { seed: number; rooms: number; devicesPerRoom: number; corpId: string };

/** All rooms and devices. Only the IDs are kept; each record is generated when it is needed. */
export class World {
  readonly seed: number;
  readonly rooms: number;
  readonly places: Places;
  readonly #context: SimulatorContext;
  readonly #ordinals: number;
  readonly #cast: ScenarioCast;
  readonly #register: Register;
  readonly #changes = new Map<Ref, Map<string, unknown>>();
  readonly #removed = new Set<Ref>();
  readonly #roomChanges = new RoomChanges();

  constructor({ seed, rooms, devicesPerRoom, corpId }: WorldSize) {
    this.seed = seed;
    this.rooms = rooms;
    this.places = new Places(rooms);
    this.#context = { seed, corpId, devicesPerRoom, places: this.places };
    this.#ordinals = (rooms - 1) * devicesPerRoom;
    this.#cast = new ScenarioCast(this.#context, rooms);
    this.#register = new Register(seed, rooms, this.#ordinals, this.#cast);
  }

  get counts(): { rooms: number; groups: number; devices: number; controllers: number; removed: number } {
    const devices = this.#ordinals + 1;
    const controllers = this.#register.devices.size - devices;
    return { rooms: this.rooms, groups: this.places.size, devices, controllers, removed: this.#removed.size };
  }

  /** Deletes and changes are forgotten. */
  reset(): void {
    this.#changes.clear();
    this.#removed.clear();
    this.#roomChanges.reset();
  }

  notables(): Record<string, Notable> {
    return notables(this.seed, this.#cast);
  }

  byDeviceId(deviceId: string): DeviceRecord | undefined {
    const ref = this.#refOf(deviceId);
    return ref === undefined ? undefined : this.#now(ref);
  }

  /** A test may have given a device another union id, so changed devices are looked through as well. */
  byUnionId(unionId: string): DeviceRecord | undefined {
    const known = this.#register.unions.get(unionId);
    const refs = known === undefined ? this.#changes.keys() : [known, ...this.#changes.keys()];
    for (const ref of refs) {
      if (this.#removed.has(ref)) continue;
      const record = this.#now(ref);
      if (record.deviceUnionId === unionId) return record;
    }
    return undefined;
  }

  /** `null` removes a field; any other value is served unchanged. */
  change(deviceId: string, fields: Record<string, unknown>): DeviceRecord | undefined {
    const ref = this.#refOf(deviceId);
    if (ref === undefined) return undefined;
    const changes = this.#changes.get(ref) ?? new Map<string, unknown>();
    for (const [field, value] of Object.entries(fields)) changes.set(field, value);
    this.#changes.set(ref, changes);
    return this.#now(ref);
  }

  remove(deviceId: string): boolean {
    const ref = this.#refOf(deviceId);
    if (ref === undefined) return false;
    this.#removed.add(ref);
    return true;
  }

  /** Ids of devices, without controllers, in the order in which they were made. */
  deviceIds(most: number): string[] {
    const ids: string[] = [];
    for (const [deviceId, ref] of this.#register.devices) {
      if (ids.length >= most) break;
      if (slotOf(ref) === 0 && !this.#removed.has(ref)) ids.push(deviceId);
    }
    return ids;
  }

  roomItem(room: number): Record<string, unknown> {
    return this.#roomChanges.shown(roomItem(this.#context, room));
  }

  hasRoom(roomId: unknown): boolean {
    return this.#register.rooms.has(String(roomId)) && !this.#roomChanges.removed(String(roomId));
  }

  /** False for an unknown room. Devices in a renamed room report its new name. */
  changeRoom(roomId: string, fields: Record<string, unknown>): boolean {
    if (!this.hasRoom(roomId)) return false;
    this.#roomChanges.change(roomId, fields);
    return true;
  }

  /** Its devices still report the room: DingTalk's documents do not say what happens to them. */
  removeRoom(roomId: string): boolean {
    if (!this.hasRoom(roomId)) return false;
    this.#roomChanges.remove(roomId);
    return true;
  }

  roomById(roomId: string): Record<string, unknown> | undefined {
    const room = this.#register.rooms.get(roomId);
    if (room === undefined || this.#roomChanges.removed(roomId)) return undefined;
    return this.#roomChanges.shown(roomDetail(this.#context, room, this.#unionIdsIn(room, roomId)));
  }

  #refOf(deviceId: string): Ref | undefined {
    const ref = this.#register.devices.get(deviceId);
    return ref === undefined || this.#removed.has(ref) ? undefined : ref;
  }

  #now(ref: Ref): DeviceRecord {
    const record = bornRecord(this.#context, this.rooms, this.#cast, ref);
    if (Array.isArray(record.controllers)) record.controllers = this.#controllersIn(ref);
    const roomName = this.#roomChanges.nameOf(record.openRoomId);
    if (roomName !== undefined) record.roomName = roomName;
    for (const [field, value] of this.#changes.get(ref) ?? []) {
      if (value === null) delete record[field];
      else record[field] = value;
    }
    return record;
  }

  #controllersIn(device: Ref): DeviceRecord[] {
    const ordinal = ordinalOf(device);
    const slots = Array.from({ length: this.#cast.controllersOf(ordinal) }, (_, at) =>
      refOf(ordinal, at + 1),
    );
    return slots.filter((ref) => !this.#removed.has(ref)).map((ref) => this.#asController(ref));
  }

  /** The documented fields of an entry in `controllers`, and whatever a test has put there. */
  #asController(ref: Ref): DeviceRecord {
    const shown = new Set([...CONTROLLER_FIELDS, ...(this.#changes.get(ref)?.keys() ?? [])]);
    return Object.fromEntries(Object.entries(this.#now(ref)).filter(([field]) => shown.has(field)));
  }

  /** Devices created in the room and those that a test has moved, as far as their record names it now. */
  #unionIdsIn(room: number, roomId: string): string[] {
    const first = ordinalOf(this.#cast.firstIn(room));
    const own =
      room === 0 ? [0] : Array.from({ length: this.#context.devicesPerRoom }, (_, at) => first + at);
    const moved = [...this.#changes.keys()].filter((ref) => slotOf(ref) === 0).map(ordinalOf);
    return [...new Set([...own, ...moved])]
      .flatMap((ordinal) => this.#listed(ordinal))
      .filter((ref) => !this.#removed.has(ref))
      .map((ref) => this.#now(ref))
      .filter((record) => record.openRoomId === roomId && typeof record.deviceUnionId === 'string')
      .map((record) => String(record.deviceUnionId));
  }

  #listed(ordinal: number): Ref[] {
    const controllers = this.#cast.scenarioOf(ordinal)?.listsControllers
      ? this.#cast.controllersOf(ordinal)
      : 0;
    return Array.from({ length: controllers + 1 }, (_, slot) => refOf(ordinal, slot));
  }
}
