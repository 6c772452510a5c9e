import type { Body } from './event.ts';

/** The device of an event. */
export type About = { deviceId?: unknown; deviceUnionId?: unknown; openRoomId?: unknown };
type Build = { fields: Body; about: About; at: number; corpId: string };

/** A documented event: its name, the members of a control, and the business fields. */
export type EventForm = {
  eventType: string;
  takes: string;
  /** Whether it is about a device, which then must be named. */
  device: boolean;
  build: (build: Build) => Body;
};

const OPERATOR = 'simOperatorUnionId';
const RULES = {
  offline: 'device_offline_lwp',
  display: 'dev_hdmi_offline',
  microphone: 'dev_mic_offline',
  speaker: 'dev_voice_offline',
  camera: 'dev_camera_offline',
} as const;
// The official sample of an offline alarm describes it with a version only; the other descriptions are invented.
// (DingTalk docs: event-open-meeting-room-device-alarm)
const DESCRIPTIONS = {
  device_offline_lwp: 'App/6.0.6-Release.1000064',
  dev_hdmi_offline: '显示器断开连接',
  dev_mic_offline: '麦克风断开连接',
  dev_voice_offline: '扬声器断开连接',
  dev_camera_offline: '摄像头断开连接',
} as const;
const STATUSES = { open: 0, processing: 1, resolved: 2 } as const;
const LEVELS = { normal: 0, serious: 1 } as const;

/** The value of a short name, or the given value if there is none. */
const worded = (words: Record<string, unknown>, said: unknown, standard: string): unknown => {
  const word = said ?? standard;
  return typeof word === 'string' && Object.hasOwn(words, word) ? words[word] : word;
};

const ids = ({ deviceId, deviceUnionId }: About): Body => ({ deviceUnionId, deviceId });

function properties(said: unknown): unknown {
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return said ?? [];
  return Object.entries(said).map(([propertyName, propertyValue]) => ({
    propertyName,
    propertyValue: String(propertyValue),
  }));
}

function alarm({ fields, about, at }: Build): Body {
  const ruleKey = worded(RULES, fields.rule, 'offline');
  return {
    ruleLevel: worded(LEVELS, fields.level, 'serious'),
    alarmTime: at,
    eventStatus: worded(STATUSES, fields.status, 'open'),
    eventDescription: fields.description ?? worded(DESCRIPTIONS, ruleKey, ''),
    ...ids(about),
    ruleKey,
  };
}

function booking({ fields, at }: Build): Body {
  return {
    eventSubType: fields.change ?? 'bookSuccess',
    bookId: fields.bookId ?? String(at),
    preStatus: 'INIT',
    roomId: fields.roomId ?? '231',
    roomName: fields.roomName ?? '',
    startTime: fields.startTime ?? shanghai(at),
    endTime: fields.endTime ?? shanghai(at + 3_600_000),
    title: fields.title ?? '周会',
    isApproval: false,
    extension: { calendarEventId: '' },
  };
}

const shanghai = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** By the short name of the controls. */
export const EVENT_FORMS: Record<string, EventForm> = {
  binding: {
    eventType: 'open_meeting_room_device_bind_change',
    takes: 'deviceId, bound (true), roomId, operatorUnionId',
    device: true,
    build: ({ fields, about, at }) => ({
      operateTime: at,
      openRoomId: fields.roomId ?? about.openRoomId,
      ...ids(about),
      operatorUnionId: fields.operatorUnionId ?? OPERATOR,
      type: fields.bound === false ? 'unbind' : 'bind',
    }),
  },
  property: {
    eventType: 'open_meeting_room_device_property_change',
    takes: 'deviceId, properties ({dev_app_status: "idle"} or the list as it is sent)',
    device: true,
    build: ({ fields, about, at }) => ({
      changeTime: at,
      ...(about.openRoomId === undefined ? {} : { openRoomId: about.openRoomId }),
      ...ids(about),
      properties: properties(fields.properties),
    }),
  },
  alarm: {
    eventType: 'open_meeting_room_device_alarm',
    takes:
      'deviceId, rule (offline, display, microphone, speaker, camera), status (open, processing, resolved), level (serious, normal), description',
    device: true,
    build: alarm,
  },
  'central-control': {
    eventType: 'open_meeting_room_central_control',
    takes: 'deviceId, roomId, signal (any JSON)',
    device: true,
    build: ({ fields, about }) => ({
      deviceUnionId: about.deviceUnionId,
      roomId: fields.roomId ?? about.openRoomId,
      body: JSON.stringify(fields.signal ?? { power: 'on' }),
    }),
  },
  room: {
    eventType: 'meetingroom_room_info',
    takes: 'roomId, change (update, create, del), roomName, capacity, labels',
    device: false,
    build: ({ fields, corpId }) => ({
      eventSubType: fields.change ?? 'update',
      roomId: fields.roomId ?? '231',
      roomName: fields.roomName ?? '',
      corpId,
      labels: fields.labels ?? '[3,5]',
      capacity: fields.capacity ?? '',
    }),
  },
  booking: {
    eventType: 'meetingroom_book',
    takes: 'roomId, roomName, change (bookSuccess), bookId, title, startTime, endTime',
    device: false,
    build: booking,
  },
  unknown: {
    eventType: 'open_meeting_room_device_mood',
    takes: 'eventType, deviceId; business for everything in it',
    device: false,
    build: ({ about }) => (about.deviceId === undefined ? {} : ids(about)),
  },
};
