import { readProperties } from '#lib/dingtalk/rooms/property-wire.ts';
import { type Fields, openFields } from '#lib/dingtalk/transport/fields.ts';
import { isRecord } from '#lib/dingtalk/transport/json.ts';
import { readMoment } from '#lib/dingtalk/transport/moment.ts';
import { MAX_ID_LENGTH } from '#lib/domain/devices/device-ref.ts';
import type { EventDevice, EventNews, ReceivedEvent } from '#lib/domain/events/device-event.ts';
import { readAlarm } from './alarm-wire.ts';

/** A time that far ahead of ours is no slow clock of ours any more. */
const MOST_AHEAD_MS = 5 * 60_000;

/** `at` is when it happened, by the body's own field of that name first; null when the body is not as documented. */
type Reader = (fields: Fields, at: (own?: string) => number) => EventNews | null;

// DingTalk docs: event-open-meeting-room-device-bind-change, event-open-meeting-room-device-property-change,
// event-open-meeting-room-device-alarm, nqrbp8 (rooms).
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['open_meeting_room_device_bind_change', readBinding],
  ['open_meeting_room_device_property_change', readPropertyChange],
  ['open_meeting_room_device_alarm', readDeviceAlarm],
  ['meetingroom_room_info', readRoomChange],
]);

const ROOM_CHANGES: ReadonlyMap<string | null, 'created' | 'updated' | 'deleted'> = new Map([
  ['create', 'created'],
  ['update', 'updated'],
  ['del', 'deleted'],
]);

/**
 * What an event means. What nobody knows and what is not as documented is `unrecognised`, with its device where one is
 * named; nothing is ever thrown. Times are DingTalk's where they can be believed, else `receivedAt`, which is
 * milliseconds since the epoch like every time here. An event for one app alone (`..._target_push`) means the same as
 * the plain one.
 */
export function readNews(event: ReceivedEvent, receivedAt: number): EventNews {
  const body = isRecord(event.body) ? event.body : {};
  const fields = openFields(body);
  const at = (own?: string) => {
    const overrides =
      (own === undefined ? null : readMoment(body[own])) ?? readMoment(event.bornAt) ?? receivedAt;
    return overrides > receivedAt + MOST_AHEAD_MS ? receivedAt : overrides;
  };
  const read = READERS.get(event.type.replace(/_target_push$/, ''));
  return read?.(fields, at) ?? { kind: 'unrecognised', device: readEventDevice(fields), at: at() };
}

function readBinding(fields: Fields, at: (own: string) => number): EventNews | null {
  const device = readEventDevice(fields);
  const type = fields.text('type');
  const roomId = readId(fields, 'openRoomId');
  if (device === null || (type !== 'bind' && type !== 'unbind')) return null;
  // Bound to what nobody says: that changes nothing that could be shown.
  if (type === 'bind' && roomId === null) return null;
  return { kind: 'binding', device, at: at('operateTime'), bound: type === 'bind', roomId };
}

function readPropertyChange(fields: Fields, at: (own: string) => number): EventNews | null {
  const device = readEventDevice(fields);
  const properties = fields.list('properties');
  if (device === null || properties === null) return null;
  return { kind: 'properties', device, at: at('changeTime'), ...readProperties(properties) };
}

function readDeviceAlarm(fields: Fields, at: (own: string) => number): EventNews | null {
  const device = readEventDevice(fields);
  const alarm = readAlarm(fields);
  return device && alarm && { kind: 'alarm', device, at: at('alarmTime'), ...alarm };
}

// The ids of these events are short ones in DingTalk's samples, unlike those of the rooms API; `labels` comes as a list
// or as its text and is left alone.
function readRoomChange(fields: Fields, at: () => number): EventNews | null {
  const change = ROOM_CHANGES.get(fields.text('eventSubType'));
  const roomId = readId(fields, 'roomId');
  if (change === undefined || roomId === null) return null;
  const people = /^(\d{1,6})\s*人?$/.exec(fields.text('capacity')?.trim() ?? '')?.[1];
  const capacity = people === undefined ? null : Number(people);
  return { kind: 'room', change, roomId, name: fields.text('roomName'), capacity, at: at() };
}

function readEventDevice(fields: Fields): EventDevice | null {
  const device = { deviceId: readId(fields, 'deviceId'), unionId: readId(fields, 'deviceUnionId') };
  return device.deviceId === null && device.unionId === null ? null : device;
}

// A database would refuse to look for what is as long as a page, and the event would come again for ever.
function readId(fields: Fields, name: string): string | null {
  const id = fields.text(name);
  return id !== null && id.length <= MAX_ID_LENGTH ? id : null;
}
