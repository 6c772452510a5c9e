import type { EventDevice, EventNews, ReceivedEvent } from '#lib/domain/device-event.ts';
import { readAlarm } from './alarm-wire.ts';
import { type Fields, openFields } from './fields.ts';
import { plainTexts } from './plain-text.ts';
import { readProperties } from './property-wire.ts';

type Reader = (fields: Fields, about: { device: EventDevice; at: number }) => EventNews | null;

/** A clock that is ahead of ours by more is wrong, and what it says would be newer than everything for as long. */
const AHEAD_MS = 5 * 60_000;

const DEVICE_READERS: Record<string, { time: string; read: Reader }> = {
  open_meeting_room_device_bind_change: { time: 'operateTime', read: readBinding },
  open_meeting_room_device_property_change: { time: 'changeTime', read: readProperties },
  open_meeting_room_device_alarm: { time: 'alarmTime', read: readAlarm },
};

/**
 * What an event means. Whatever is not understood is `unrecognised`, to be kept as it is; never throws.
 * (DOC2: event-open-meeting-room-device-bind-change, -property-change, -alarm; DOC:nqrbp8 for rooms)
 */
export function readNews(event: ReceivedEvent, receivedAt: number): EventNews {
  const fields = openFields(plainTexts(event.body) as Record<string, unknown>);
  // The same events come aimed at one app under a name of their own.
  const type = event.type.replace(/_target_push$/, '');
  const device = readDevice(fields);
  const known = DEVICE_READERS[type];
  const at = momentOf(known ? fields.number(known.time) : null, event.bornAt, receivedAt);
  const news = device && known ? known.read(fields, { device, at }) : null;
  if (news) return news;
  return (type === 'meetingroom_room_info' && readRoom(fields, at)) || { kind: 'unrecognised', device, at };
}

function readDevice(fields: Fields): EventDevice | null {
  const [deviceId, unionId] = [fields.text('deviceId'), fields.text('deviceUnionId')];
  return deviceId === null && unionId === null ? null : { deviceId, unionId };
}

/** The event's own moment, else when it was born, else when it came. */
function momentOf(own: number | null, bornAt: number | null, receivedAt: number): number {
  const said = [own, bornAt].find((at) => at !== null && Number.isSafeInteger(at) && at > 0) ?? receivedAt;
  return said > receivedAt + AHEAD_MS ? receivedAt : said;
}

function readBinding(fields: Fields, { device, at }: { device: EventDevice; at: number }): EventNews | null {
  const type = fields.text('type');
  if (type !== 'bind' && type !== 'unbind') return null;
  const roomId = fields.text('openRoomId');
  if (type === 'bind' && roomId === null) return null;
  return { kind: 'binding', device, at, bound: type === 'bind', roomId };
}

const ROOM_CHANGES = new Map([
  ['create', 'created'],
  ['update', 'updated'],
  ['del', 'deleted'],
] as const);

function readRoom(fields: Fields, at: number): EventNews | null {
  const change = ROOM_CHANGES.get((fields.text('eventSubType') ?? '') as 'create');
  const roomId = fields.text('roomId');
  if (change === undefined || roomId === null) return null;
  // "100人": the number is what counts.
  const capacity = Number.parseInt(fields.text('capacity') ?? '', 10);
  return {
    ...{ kind: 'room', change, roomId, at },
    name: fields.text('roomName'),
    capacity: Number.isSafeInteger(capacity) ? capacity : null,
  };
}
