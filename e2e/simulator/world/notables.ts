import { neighbourOf } from './birth.ts';
import { deviceIdOf, ordinalOf, type Ref, refOf, roomIdOf, SAMPLE_ROOM_ID, unionIdOf } from './identities.ts';
import type { ScenarioCast } from './scenario-cast.ts';

/** Where to find a scenario. `roomId` is the room the device would be in, `comparableDeviceId` who it repeats. */
export type Notable = {
  meaning: string;
  deviceId: string;
  deviceUnionId: string;
  roomId: string;
  controllerIds: string[];
  comparableDeviceId?: string;
};

export function notables(seed: number, cast: ScenarioCast): Record<string, Notable> {
  const found: Record<string, Notable> = {
    documentedSample: {
      meaning: 'the documented sample, word for word',
      deviceId: '1234',
      deviceUnionId: 'lmvUxxxxx',
      roomId: SAMPLE_ROOM_ID,
      controllerIds: ['2345'],
    },
  };
  for (const [room, { name, meaning, repeats }] of cast.byRoom) {
    const ref = cast.firstIn(room);
    found[name] = {
      meaning,
      deviceId: deviceIdOf(seed, ref),
      deviceUnionId: unionIdOf(seed, ref),
      roomId: roomIdOf(seed, room),
      controllerIds: controllerIds(seed, cast, ref),
      ...(repeats ? { comparableDeviceId: deviceIdOf(seed, neighbourOf(ref)) } : {}),
    };
  }
  const { unboundDevice } = found;
  if (unboundDevice) found.roomWithoutDevice = { ...unboundDevice, meaning: 'roomId has no device' };
  return found;
}

function controllerIds(seed: number, cast: ScenarioCast, device: Ref): string[] {
  const ordinal = ordinalOf(device);
  const slots = Array.from({ length: cast.controllersOf(ordinal) }, (_, at) => at + 1);
  return slots.map((slot) => deviceIdOf(seed, refOf(ordinal, slot)));
}
