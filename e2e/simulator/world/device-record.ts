import { CONTROLLER_MODELS, MODELS, soundDevice } from './hardware.ts';
import {
  castCodeOf,
  deviceIdOf,
  macOf,
  ordinalOf,
  type Ref,
  refOf,
  roomIdOf,
  serialOf,
  unionIdOf,
} from './identities.ts';
import type { Places } from './places.ts';
import { Random } from './random.ts';
import { roomNameOf } from './room-record.ts';

/** DingTalk's record of a device. Any fields are allowed, because tests may set any. */
export type DeviceRecord = Record<string, unknown>;

export type SimulatorContext = { seed: number; corpId: string; devicesPerRoom: number; places: Places };

const DEVICES = 11;
const CONTROLLERS = 12;
const CONTROLLER_COUNTS = 13;
const SSIDS = ['DingSim-Rooms', 'Office WiFi', '会议室-5G', 'Guest'];
const FIRST_ACTIVATION = Date.UTC(2022, 0, 10);
const ACTIVATION_SPAN_DAYS = 1_350;
const DAY = 86_400_000;

const STATUSES = [
  ['idle', 62],
  ['conf_running', 17],
  ['projection', 7],
  ['conf_incoming', 1],
  ['white_board', 3],
  ['offline', 10],
] as const;

export const roomOfOrdinal = (context: SimulatorContext, ordinal: number): number =>
  Math.floor((ordinal - 1) / context.devicesPerRoom) + 1;

export const controllersOf = (seed: number, ordinal: number): number =>
  new Random(seed, CONTROLLER_COUNTS, ordinal).weighted([
    [0, 25],
    [1, 60],
    [2, 15],
  ]);

/** A device before any scenario or test; `controllers` is filled in later. */
export function deviceRecord(context: SimulatorContext, ordinal: number): DeviceRecord {
  const { seed } = context;
  const ref = refOf(ordinal);
  const random = new Random(seed, DEVICES, ordinal);
  const room = roomOfOrdinal(context, ordinal);
  const model = random.weighted(MODELS);
  const serial = serialOf(seed, ref);
  const sound = random.pick(model.sound);
  return {
    ...identity(context, ref, room),
    deviceName: `${model.title}_${serial.slice(-4).toUpperCase()}`,
    shareCode: castCodeOf(seed, ref),
    deviceSn: serial,
    deviceMac: macOf(seed, ref, '14:85:7f'),
    deviceType: 'touyingyi',
    deviceServiceId: 1_000 + ordinal,
    deviceModel: model.model,
    deviceStatus: random.weighted(STATUSES),
    controllers: [],
    creatorUnionId: random.chance(0.7) ? 'simOperatorUnionId' : 'simAdminUnionId',
    roomName: roomNameOf(context, room),
    firmwareVersion: random.weighted(model.firmware),
    softwareVersion: random.weighted(model.software),
    activeTime: FIRST_ACTIVATION + random.below(ACTIVATION_SPAN_DAYS) * DAY + random.below(DAY),
    ...network(context, ref, random),
    devCamera: random.pick(model.camera),
    devMic: soundDevice('Microphone', sound, random),
    devVoice: soundDevice('Speaker', sound, random),
    devMirror: String(random.chance(0.1)),
    devHdmi: String(random.chance(0.85)),
    sipAccountName: `sip${10_000 + ordinal}`,
  };
}

/** A controller that is queried itself: the documented 12 fields, then those that a tablet knows of itself. */
export function controllerRecord(context: SimulatorContext, ref: Ref): DeviceRecord {
  const { seed } = context;
  const random = new Random(seed, CONTROLLERS, ref);
  const room = roomOfOrdinal(context, ordinalOf(ref));
  const { model, title } = random.weighted(CONTROLLER_MODELS);
  const serial = serialOf(seed, ref);
  return {
    ...identity(context, ref, room),
    shareCode: castCodeOf(seed, ref),
    deviceSn: serial,
    deviceType: random.chance(0.1) ? 'touyingyi' : 'meetingaccessory',
    deviceServiceId: 1_000 + random.below(200),
    deviceModel: model,
    deviceName: `${title}_${serial.slice(-4).toUpperCase()}`,
    deviceStatus: random.chance(0.08) ? 'offline' : 'idle',
    deviceMac: macOf(seed, ref, 'd8:2f:e6'),
    creatorUnionId: 'simOperatorUnionId',
    roomName: roomNameOf(context, room),
    firmwareVersion: 'S3.2.14.0',
    softwareVersion: '7.28.5',
  };
}

function identity(context: SimulatorContext, ref: Ref, room: number): DeviceRecord {
  return {
    deviceId: deviceIdOf(context.seed, ref),
    deviceUnionId: unionIdOf(context.seed, ref),
    openRoomId: roomIdOf(context.seed, room),
    corpId: context.corpId,
  };
}

function network(context: SimulatorContext, ref: Ref, random: Random): DeviceRecord {
  const ordinal = ordinalOf(ref);
  const { floor, spot } = context.places.placeOf(roomOfOrdinal(context, ordinal));
  const host = 10 + spot * context.devicesPerRoom + ((ordinal - 1) % context.devicesPerRoom);
  const wired = random.chance(0.8);
  const segment = (wired ? 16 : 96) + (floor >>> 8);
  return {
    devNetType: wired ? 'net_wired' : random.pick(SSIDS),
    devNetIp: `10.${segment}.${floor & 0xff}.${host}`,
    devWifiMac: macOf(context.seed, ref, 'd4:aa:ee'),
    devWireMac: macOf(context.seed, ref, 'd4:3a:ee'),
  };
}
