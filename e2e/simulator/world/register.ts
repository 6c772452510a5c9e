import { SAMPLE_CONTROLLER, SAMPLE_DEVICE } from './documented-sample.ts';
import { deviceIdOf, type Ref, refOf, roomIdOf, SAMPLE_ROOM_ID, unionIdOf } from './identities.ts';
import type { ScenarioCast } from './scenario-cast.ts';

/** Maps every ID that DingTalk issues to its object. */
export class Register {
  readonly devices = new Map<string, Ref>();
  readonly unions = new Map<string, Ref>();
  readonly rooms = new Map<string, number>();

  constructor(seed: number, rooms: number, ordinals: number, cast: ScenarioCast) {
    this.devices.set(String(SAMPLE_DEVICE.deviceId), refOf(0));
    this.devices.set(String(SAMPLE_CONTROLLER.deviceId), refOf(0, 1));
    this.unions.set(String(SAMPLE_DEVICE.deviceUnionId), refOf(0));
    this.rooms.set(SAMPLE_ROOM_ID, 0);
    for (let room = 1; room < rooms; room++) this.rooms.set(roomIdOf(seed, room), room);
    for (let ordinal = 1; ordinal <= ordinals; ordinal++) {
      for (let slot = 0; slot <= cast.controllersOf(ordinal); slot++) {
        const ref = refOf(ordinal, slot);
        this.devices.set(deviceIdOf(seed, ref), ref);
        this.unions.set(unionIdOf(seed, ref), ref);
      }
    }
  }
}
