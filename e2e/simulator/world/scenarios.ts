import type { DeviceRecord } from './device-record.ts';

/** What a scenario may read besides the record that it changes. */
export type Surroundings = { neighbour: () => DeviceRecord; otherRoomId: string; slot: number };

export type Scenario = {
  name: string;
  meaning: string;
  controllers?: number;
  device?: (device: DeviceRecord, around: Surroundings) => void;
  controller?: (controller: DeviceRecord, around: Surroundings) => void;
  /** The previous device has the same value, so that it is unclear which of the two is wrong. */
  repeats?: boolean;
  /** Room detail lists the controllers' union ids besides the device's. */
  listsControllers?: boolean;
};

const online = (device: DeviceRecord) => {
  if (device.deviceStatus === 'offline') device.deviceStatus = 'idle';
};

const status = (name: string, value: string, meaning: string): Scenario => ({
  name,
  meaning,
  device: (device) => {
    device.deviceStatus = value;
  },
});

/** One device each, spread over the rooms in this order; a small world holds only the first of them. */
export const SCENARIOS: readonly Scenario[] = [
  status('idle', 'idle', 'a free device'),
  status('offline', 'offline', 'an offline device that still reports its last values'),
  {
    name: 'wrongRoomController',
    meaning: 'its controller is bound to another room',
    controllers: 1,
    device: online,
    controller: (controller, { otherRoomId }) => {
      controller.openRoomId = otherRoomId;
    },
  },
  {
    name: 'lostMicrophone',
    meaning: 'offline, and its microphone is gone (devMic empty)',
    device: (device) => {
      device.deviceStatus = 'offline';
      device.devMic = '';
    },
  },
  {
    name: 'unboundDevice',
    meaning: 'bound to no room: no openRoomId, no roomName; its room has no device',
    device: (device) => {
      delete device.openRoomId;
      delete device.roomName;
    },
  },
  {
    name: 'unknownStatus',
    meaning: 'status firmware_update and an extra field devUpgradeProgress, both undocumented',
    device: (device) => {
      device.deviceStatus = 'firmware_update';
      device.devUpgradeProgress = '42%';
    },
  },
  {
    name: 'duplicateIp',
    meaning: 'the same devNetIp as the device before it',
    repeats: true,
    device: (device, { neighbour }) => {
      online(device);
      device.devNetIp = neighbour().devNetIp;
    },
  },
  {
    name: 'duplicateCastCode',
    meaning: 'the same shareCode as the device before it',
    repeats: true,
    device: (device, { neighbour }) => {
      device.shareCode = neighbour().shareCode;
    },
  },
  {
    name: 'wifi',
    meaning: 'on Wi-Fi: devNetType is the SSID',
    device: (device) => {
      online(device);
      device.devNetType = 'DingSim-Rooms';
    },
  },
  {
    name: 'wired',
    meaning: 'on the cable',
    device: (device) => {
      online(device);
      device.devNetType = 'net_wired';
    },
  },
  status('casting', 'projection', 'casting'),
  status('ringing', 'conf_incoming', 'a meeting is ringing'),
  status('inMeeting', 'conf_running', 'in a meeting'),
  status('whiteboard', 'white_board', 'using the whiteboard'),
  {
    name: 'noControllers',
    meaning: 'the answer has no field controllers',
    controllers: 0,
    device: (device) => {
      delete device.controllers;
    },
  },
  {
    name: 'nullControllers',
    meaning: 'controllers is null',
    controllers: 0,
    device: (device) => {
      device.controllers = null;
    },
  },
  {
    name: 'offlineWithLiveController',
    meaning: 'offline while its controller works',
    controllers: 1,
    device: (device) => {
      device.deviceStatus = 'offline';
    },
    controller: (controller) => {
      controller.deviceStatus = 'white_board';
    },
  },
  {
    name: 'touyingyiController',
    meaning: 'its controller says deviceType touyingyi',
    controllers: 1,
    controller: (controller) => {
      controller.deviceType = 'touyingyi';
    },
  },
  {
    name: 'offlineNetwork',
    meaning: 'offline with devNetType net_offline and no address',
    device: (device) => {
      device.deviceStatus = 'offline';
      device.devNetType = 'net_offline';
      device.devNetIp = '';
    },
  },
  {
    name: 'renumberedMicrophone',
    meaning: 'plugged into another port: devMic has another number than devVoice',
    device: (device) => {
      online(device);
      device.devMic = 'Microphone (3- USB Audio Device)';
      device.devVoice = 'Speaker (USB Audio Device)';
    },
  },
  {
    name: 'listedControllers',
    meaning: 'room detail lists its controller among deviceUnionIds',
    controllers: 1,
    listsControllers: true,
  },
  {
    name: 'twoControllers',
    meaning: 'two controllers, one of them offline',
    controllers: 2,
    device: online,
    controller: (controller, { slot }) => {
      controller.deviceStatus = slot === 2 ? 'offline' : 'idle';
    },
  },
];
