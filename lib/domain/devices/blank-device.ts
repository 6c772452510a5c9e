import type { Device } from './device.ts';

/** A device of which nothing was ever read: what events tell of it stands on this. */
export const BLANK_DEVICE: Device = {
  deviceId: null,
  unionId: null,
  name: null,
  kind: 'unknown',
  model: null,
  serviceId: null,
  status: { state: 'unknown', raw: null },
  room: null,
  corpId: null,
  serial: null,
  mac: null,
  castCode: null,
  createdBy: null,
  firmware: null,
  software: null,
  activatedAt: null,
  network: { type: null, ssid: null, ip: null, wifiMac: null, wiredMac: null },
  peripherals: { camera: null, microphone: null, speaker: null, mirror: null, hdmi: null },
  sipAccount: null,
  controllers: [],
  unknownFields: {},
};
