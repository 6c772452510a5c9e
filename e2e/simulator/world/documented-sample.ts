import type { DeviceRecord } from './device-record.ts';
import { SAMPLE_ROOM_ID, SAMPLE_ROOM_NAME } from './identities.ts';

/** The documented controller, which shares its union id with the device it belongs to. */
export const SAMPLE_CONTROLLER: DeviceRecord = {
  deviceId: '2345',
  deviceUnionId: 'lmvUxxxxx',
  openRoomId: SAMPLE_ROOM_ID,
  corpId: 'ding99xxxxx',
  shareCode: '234567',
  deviceSn: '02caxxxxx',
  deviceType: 'touyingyi',
  deviceServiceId: 1190,
  deviceModel: 'AILABS_S3_T1',
  deviceName: 'Meeting Control Tablet_xxxx',
  deviceStatus: 'white_board',
  deviceMac: 'd8:2f:e6:xx:xx:xx',
};

/** The response printed in DingTalk's documentation, unchanged. */
export const SAMPLE_DEVICE: DeviceRecord = {
  deviceId: '1234',
  deviceUnionId: 'lmvUxxxxx',
  openRoomId: SAMPLE_ROOM_ID,
  corpId: 'ding99xxxxx',
  deviceName: 'DingTalk Meeting Device_xxxx',
  shareCode: '123456',
  deviceSn: '02caxxxxx',
  deviceMac: '14:85:7f:xx:xx:xx',
  deviceType: 'touyingyi',
  deviceServiceId: 1204,
  deviceModel: 'winbox',
  deviceStatus: 'offline',
  controllers: [SAMPLE_CONTROLLER],
  creatorUnionId: 'lPHhSZDLXXXXXXpBlC9lxLwiEiE',
  roomName: SAMPLE_ROOM_NAME,
  firmwareVersion: 'LMVXXX.20XX0818',
  softwareVersion: '7.14.1',
  activeTime: 1697198045000,
  devNetType: 'net_wired',
  devNetIp: '127.0.0.10',
  devWifiMac: 'd4:aa:ee:e8:4d:55',
  devWireMac: 'd4:3a:ee:aa:45:85',
  devCamera: 'Smart Camera',
  devMic: 'Microphone (2- Built-in Audio)',
  devVoice: 'Speaker (2- Built-in Audio)',
  devMirror: 'false',
  devHdmi: 'false',
  sipAccountName: 'sip13492',
};
