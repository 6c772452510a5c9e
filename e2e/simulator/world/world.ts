import {
  controllerRecord,
  controllersOf,
  type DeviceRecord,
  deviceRecord,
  type Ground,
  roomOfOrdinal,
} from './device-record.ts';
import { SAMPLE_CONTROLLER, SAMPLE_DEVICE, SAMPLE_ROOM_ID } from './documented-sample.ts';
import { deviceIdOf, ordinalOf, type Ref, refOf, roomIdOf, slotOf, unionIdOf } from './identities.ts';
import { Places } from './places.ts';
import { roomDetail, roomItem } from './room-record.ts';
import { SCENARIOS, type Scenario, type Surroundings } from './scenarios.ts';

const CONTROLLER_FIELDS = Object.keys(SAMPLE_CONTROLLER);

export type WorldSize = { seed: number; rooms: number; devicesPerRoom: number; corpId: string };
export type Notable = { meaning: string; deviceId: string; deviceUnionId: unknown; roomId: string };

/** All rooms and devices. Only the ids are kept; each record is made again whenever it is asked for. */
export class World {
  readonly seed: number;
  readonly rooms: number;
  readonly places: Places;
  readonly #ground: Ground;
  readonly #ordinals: number;
  readonly #scenarios: Map<number, Scenario>;
  readonly #byDeviceId = new Map<string, Ref>();
  readonly #byUnionId = new Map<string, Ref>();
  readonly #byRoomId = new Map<string, number>();
  readonly #changes = new Map<Ref, Map<string, unknown>>();
  readonly #removed = new Set<Ref>();

  constructor({ seed, rooms, devicesPerRoom, corpId }: WorldSize) {
    this.seed = seed;
    this.rooms = rooms;
    this.places = new Places(rooms);
    this.#ground = { seed, corpId, devicesPerRoom, places: this.places };
    this.#ordinals = (rooms - 1) * devicesPerRoom;
    this.#scenarios = this.#placeScenarios();
    this.#index();
  }

  get counts(): Record<string, number> {
    const devices = this.#ordinals + 1;
    const controllers = this.#byDeviceId.size - devices;
    return { rooms: this.rooms, groups: this.places.size, devices, controllers, removed: this.#removed.size };
  }

  /** Deletes and changes are forgotten. */
  reset(): void {
    this.#changes.clear();
    this.#removed.clear();
  }

  byDeviceId(deviceId: string): DeviceRecord | undefined {
    const ref = this.#refOf(deviceId);
    return ref === undefined ? undefined : this.#now(ref);
  }

  byUnionId(unionId: string): DeviceRecord | undefined {
    const known = this.#byUnionId.get(unionId);
    const refs = known === undefined ? this.#changes.keys() : [known, ...this.#changes.keys()];
    for (const ref of refs) {
      if (this.#removed.has(ref)) continue;
      const record = this.#now(ref);
      if (record.deviceUnionId === unionId) return record;
    }
    return undefined;
  }

  /** `null` takes a field away; any other value is served as it is, whatever DingTalk would say. */
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

  roomItem(room: number): Record<string, unknown> {
    return roomItem(this.#ground, room);
  }

  roomById(roomId: string): Record<string, unknown> | undefined {
    const room = this.#byRoomId.get(roomId);
    return room === undefined ? undefined : roomDetail(this.#ground, room, this.#unionIdsIn(room, roomId));
  }

  notables(): Record<string, Notable> {
    const found: Record<string, Notable> = {
      documentedSample: {
        meaning: 'the documented sample, word for word',
        deviceId: '1234',
        deviceUnionId: 'lmvUxxxxx',
        roomId: SAMPLE_ROOM_ID,
      },
    };
    for (const [room, { name, meaning }] of this.#scenarios) {
      const ref = this.#firstIn(room);
      const roomId = roomIdOf(this.seed, room);
      const deviceId = deviceIdOf(this.seed, ref);
      found[name] = { meaning, deviceId, deviceUnionId: unionIdOf(this.seed, ref), roomId };
    }
    const { unboundDevice } = found;
    if (unboundDevice) found.roomWithoutDevice = { ...unboundDevice, meaning: 'roomId has no device' };
    return found;
  }

  #placeScenarios(): Map<number, Scenario> {
    const free = this.rooms - 1;
    const stride = Math.max(1, free / SCENARIOS.length);
    const fitting = SCENARIOS.slice(0, free);
    return new Map(fitting.map((scenario, at) => [1 + Math.floor(at * stride), scenario]));
  }

  #index(): void {
    this.#byDeviceId.set('1234', refOf(0)).set('2345', refOf(0, 1));
    this.#byUnionId.set('lmvUxxxxx', refOf(0));
    this.#byRoomId.set(SAMPLE_ROOM_ID, 0);
    for (let room = 1; room < this.rooms; room++) this.#byRoomId.set(roomIdOf(this.seed, room), room);
    for (let ordinal = 1; ordinal <= this.#ordinals; ordinal++) {
      for (let slot = 0; slot <= this.#controllersOf(ordinal); slot++) {
        const ref = refOf(ordinal, slot);
        this.#byDeviceId.set(deviceIdOf(this.seed, ref), ref);
        this.#byUnionId.set(unionIdOf(this.seed, ref), ref);
      }
    }
  }

  #refOf(deviceId: string): Ref | undefined {
    const ref = this.#byDeviceId.get(deviceId);
    return ref === undefined || this.#removed.has(ref) ? undefined : ref;
  }

  #firstIn(room: number): Ref {
    return refOf((room - 1) * this.#ground.devicesPerRoom + 1);
  }

  #scenarioOf(ordinal: number): Scenario | undefined {
    const room = roomOfOrdinal(this.#ground, ordinal);
    return this.#firstIn(room) === refOf(ordinal) ? this.#scenarios.get(room) : undefined;
  }

  #controllersOf(ordinal: number): number {
    if (ordinal === 0) return 1;
    return this.#scenarioOf(ordinal)?.controllers ?? controllersOf(this.seed, ordinal);
  }

  /** The record as it was at the start, before tests changed it. */
  #born(ref: Ref): DeviceRecord {
    const ordinal = ordinalOf(ref);
    if (ordinal === 0) return structuredClone(slotOf(ref) ? SAMPLE_CONTROLLER : SAMPLE_DEVICE);
    const scenario = this.#scenarioOf(ordinal);
    const around: Surroundings = {
      neighbour: () => this.#born(refOf(Math.max(1, ordinal - 1))),
      otherRoomId: roomIdOf(this.seed, (roomOfOrdinal(this.#ground, ordinal) % (this.rooms - 1)) + 1),
      slot: slotOf(ref),
    };
    const record = slotOf(ref) ? controllerRecord(this.#ground, ref) : deviceRecord(this.#ground, ordinal);
    const touch = slotOf(ref) ? scenario?.controller : scenario?.device;
    touch?.(record, around);
    return record;
  }

  #now(ref: Ref): DeviceRecord {
    const record = this.#born(ref);
    if (Array.isArray(record.controllers)) record.controllers = this.#controllersIn(ref);
    for (const [field, value] of this.#changes.get(ref) ?? []) {
      if (value === null) delete record[field];
      else record[field] = value;
    }
    return record;
  }

  #controllersIn(device: Ref): DeviceRecord[] {
    const ordinal = ordinalOf(device);
    const slots = Array.from({ length: this.#controllersOf(ordinal) }, (_, at) => refOf(ordinal, at + 1));
    return slots.filter((ref) => !this.#removed.has(ref)).map((ref) => this.#asController(ref));
  }

  /** The documented fields of an entry in `controllers`, and whatever a test has put there. */
  #asController(ref: Ref): DeviceRecord {
    const shown = new Set([...CONTROLLER_FIELDS, ...(this.#changes.get(ref)?.keys() ?? [])]);
    return Object.fromEntries(Object.entries(this.#now(ref)).filter(([field]) => shown.has(field)));
  }

  #unionIdsIn(room: number, roomId: string): string[] {
    const first = ordinalOf(this.#firstIn(room));
    const own = room === 0 ? [0] : Array.from({ length: this.#ground.devicesPerRoom }, (_, at) => first + at);
    const moved = [...this.#changes.keys()].filter((ref) => slotOf(ref) === 0).map(ordinalOf);
    const here = [...new Set([...own, ...moved])].flatMap((ordinal) => {
      const slots = this.#scenarioOf(ordinal)?.listsControllers ? this.#controllersOf(ordinal) : 0;
      return Array.from({ length: slots + 1 }, (_, slot) => refOf(ordinal, slot));
    });
    return here
      .filter((ref) => !this.#removed.has(ref))
      .map((ref) => this.#now(ref))
      .filter((record) => record.openRoomId === roomId && typeof record.deviceUnionId === 'string')
      .map((record) => String(record.deviceUnionId));
  }
}
