import type { DeviceStatus } from '#lib/domain/devices/device-status.ts';

/** By which transport an event came in: DingTalk posted it to us, or sent it down a stream that we opened. */
export type EventTransport = 'callback' | 'stream';

/** Something DingTalk sent, as it came through a transport and before anybody asked what it means. */
export type ReceivedEvent = {
  /** DingTalk's own id, by which a repetition is known. */
  eventId: string;
  /** DingTalk's name for the kind of event, such as `open_meeting_room_device_alarm`. */
  type: string;
  /** When DingTalk says that it was born, milliseconds since the epoch; null when it does not. */
  bornAt: number | null;
  /** CorpId of the organisation it is about; absent where DingTalk names none. */
  corpId?: string;
  /** The business fields in DingTalk's own spelling. */
  body: Record<string, unknown>;
};

/** Which device an event is about; at least one of the two is there. */
export type EventDevice = { deviceId: string | null; unionId: string | null };

/** The fields of a device that an event can tell, by their path in Device. */
export const OVERRIDABLE_FIELDS = [
  'status',
  'room',
  'castCode',
  'model',
  'firmware',
  'software',
  'network.type',
  'network.ip',
  'network.wifiMac',
  'network.wiredMac',
  'peripherals.hdmi',
] as const;

export type OverriddenField = (typeof OVERRIDABLE_FIELDS)[number];

/**
 * What an event says of one field. Values have Device's own shape: `status` a DeviceStatus, `room` a RoomRef or null,
 * `network.type` `{type, ssid}`, the others a text or null.
 */
export type Override = { field: OverriddenField; value: unknown };

/** What an alarm is about. `offline`: the device; the others: a part of it. `unknown` keeps DingTalk's own word. */
export const ALARM_RULES = ['offline', 'display', 'microphone', 'speaker', 'camera', 'unknown'] as const;

export type AlarmRule = (typeof ALARM_RULES)[number];

export type AlarmStatus = 'open' | 'processing' | 'resolved' | 'unknown';

/** What an event means, in the desk's words. `at` is when it happened, milliseconds since the epoch. */
export type EventNews =
  | { kind: 'binding'; device: EventDevice; at: number; bound: boolean; roomId: string | null }
  | { kind: 'properties'; device: EventDevice; at: number; overrides: Override[]; notUnderstood: string[] }
  | {
      kind: 'alarm';
      device: EventDevice;
      at: number;
      rule: AlarmRule;
      /** DingTalk's own word for the rule. */
      rawRule: string;
      level: 'normal' | 'serious' | 'unknown';
      status: AlarmStatus;
      description: string | null;
    }
  | {
      kind: 'room';
      change: 'created' | 'updated' | 'deleted';
      roomId: string;
      name: string | null;
      capacity: number | null;
      at: number;
    }
  /** Kept and shown; changes nothing else. `device` where one was named. */
  | { kind: 'unrecognised'; device: EventDevice | null; at: number };

/** What became of an event. */
export const EVENT_OUTCOMES = [
  /** It told something new. */
  'applied',
  /** Something newer was known already; it is in the history. */
  'too-old',
  /** It is about a device or room that nobody knew; the desk asks for it as the budget allows. */
  'asks',
  /** It is kept as it is: nobody here knows what it means. */
  'unrecognised',
] as const;

export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

/** An event as it is kept. Times are milliseconds since the epoch. */
export type KeptEvent = {
  eventId: string;
  type: string;
  /** The device's id, where one was named or is known by its union id. */
  deviceId: string | null;
  receivedAt: number;
  bornAt: number | null;
  transport: EventTransport;
  outcome: EventOutcome;
  body: Record<string, unknown>;
};

/** The status that an alarm implies: offline while it stands, and once it is resolved something that it does not say. */
export function statusOfAlarm(rule: AlarmRule, status: AlarmStatus): DeviceStatus | null {
  if (rule !== 'offline') return null;
  if (status === 'open' || status === 'processing') return { state: 'offline', raw: null };
  return status === 'resolved' ? { state: 'unknown', raw: null } : null;
}
