import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';

/** When the documented events are taken to have come in. */
export const RECEIVED_AT = Date.UTC(2026, 10, 22, 10);

const device = { deviceUnionId: 'lmvUxxxxx', deviceId: '1234' };
const born = (type: string, body: Record<string, unknown>): ReceivedEvent => ({
  eventId: `id of ${type}`,
  type,
  bornAt: RECEIVED_AT - 2_000,
  body,
});

/** The body's own time in each of them. */
export const HAPPENED_AT = RECEIVED_AT - 3_000;

// DingTalk docs: event-open-meeting-room-device-bind-change
export const bindEvent = born('open_meeting_room_device_bind_change', {
  operateTime: HAPPENED_AT,
  openRoomId: '7263xxxxx',
  operatorUnionId: 'lPHhSZDLXXXXXXpBlC9lxLwiEiE',
  type: 'bind',
  ...device,
});

// DingTalk docs: event-open-meeting-room-device-property-change, with all ten names
export const propertyEvent = born('open_meeting_room_device_property_change', {
  changeTime: HAPPENED_AT,
  openRoomId: '7263xxxxx',
  ...device,
  properties: [
    { propertyName: 'dev_app_status', propertyValue: 'conf_running' },
    { propertyName: 'dev_net_type', propertyValue: 'Office Wi-Fi' },
    { propertyName: 'dev_net_ip', propertyValue: '10.0.0.7' },
    { propertyName: 'dev_wifi_mac', propertyValue: 'd4:aa:ee:e8:4d:55' },
    { propertyName: 'dev_wire_mac', propertyValue: 'd4:3a:ee:aa:45:85' },
    { propertyName: 'dev_code', propertyValue: '123456' },
    { propertyName: 'dev_model', propertyValue: 'winbox' },
    { propertyName: 'dev_firmware_v', propertyValue: 'LMVXXX.20XX0818' },
    { propertyName: 'dev_software_v', propertyValue: '7.14.1' },
    { propertyName: 'dev_hdmi', propertyValue: 'false' },
  ],
});

// DingTalk docs: event-open-meeting-room-device-alarm
export const alarmEvent = born('open_meeting_room_device_alarm', {
  ruleLevel: 1,
  alarmTime: HAPPENED_AT,
  eventStatus: 0,
  eventDescription: 'The device is offline',
  ruleKey: 'device_offline_lwp',
  ...device,
});

// DingTalk docs: nqrbp8
export const roomEvent = born('meetingroom_room_info', {
  eventSubType: 'create',
  roomId: '231',
  roomName: 'Sample Room',
  corpId: 'ding99xxxxx',
  labels: '[3,5]',
  capacity: '100人',
});
