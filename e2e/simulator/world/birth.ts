import {
  controllerRecord,
  type DeviceRecord,
  deviceRecord,
  roomOfOrdinal,
  type SimulatorContext,
} from './device-record.ts';
import { SAMPLE_CONTROLLER, SAMPLE_DEVICE } from './documented-sample.ts';
import { ordinalOf, type Ref, refOf, roomIdOf, slotOf } from './identities.ts';
import type { ScenarioCast } from './scenario-cast.ts';
import type { Surroundings } from './scenarios.ts';

/** The device whose values a duplicate repeats. */
export const neighbourOf = (ref: Ref): Ref => refOf(Math.max(1, ordinalOf(ref) - 1));

/** The record as it was at the start: its scenario has touched it, no test has. */
export function bornRecord(
  context: SimulatorContext,
  rooms: number,
  cast: ScenarioCast,
  ref: Ref,
): DeviceRecord {
  const ordinal = ordinalOf(ref);
  const slot = slotOf(ref);
  if (ordinal === 0) return structuredClone(slot ? SAMPLE_CONTROLLER : SAMPLE_DEVICE);
  const scenario = cast.scenarioOf(ordinal);
  const around: Surroundings = {
    neighbour: () => bornRecord(context, rooms, cast, neighbourOf(ref)),
    otherRoomId: roomIdOf(context.seed, (roomOfOrdinal(context, ordinal) % (rooms - 1)) + 1),
    slot,
  };
  const record = slot ? controllerRecord(context, ref) : deviceRecord(context, ordinal);
  const touch = slot ? scenario?.controller : scenario?.device;
  touch?.(record, around);
  return record;
}
