import type { DeviceStatus } from './device-status.ts';

/** What a unit says it is. `device` is a video meeting unit; `accessory` a controller; `unknown` keeps its raw word. */
export type DeviceKind = 'device' | 'accessory' | 'unknown';

/** The meeting room a device is bound to. The name is null when DingTalk did not say it. */
export type RoomRef = { id: string; name: string | null };

/** A panel bound to a device. Being in `controllers` makes it one, whatever its kind says. */
export type Controller = {
  deviceId: string | null;
  unionId: string | null;
  name: string | null;
  kind: DeviceKind;
  model: string | null;
  serviceId: number | string | null;
  status: DeviceStatus;
  roomId: string | null;
  corpId: string | null;
  serial: string | null;
  mac: string | null;
  castCode: string | null;
};

/** How a device is connected. `ssid` is set only for `wifi`, and not always then. */
export type Network = {
  type: 'wired' | 'wifi' | 'offline' | null;
  ssid: string | null;
  ip: string | null;
  wifiMac: string | null;
  wiredMac: string | null;
};

/** Parts as the device last reported them; an offline device still reports old values. */
export type Peripherals = {
  camera: string | null;
  microphone: string | null;
  speaker: string | null;
  /** A word of the device, not a switch: DingTalk sends the strings "true" and "false". */
  mirror: string | null;
  hdmi: string | null;
};

/** A video meeting unit as DingTalk described it. What it did not say is null; what is new to us is in `unknownFields`. */
export type Device = {
  deviceId: string | null;
  unionId: string | null;
  name: string | null;
  kind: DeviceKind;
  model: string | null;
  serviceId: number | string | null;
  status: DeviceStatus;
  room: RoomRef | null;
  corpId: string | null;
  serial: string | null;
  mac: string | null;
  castCode: string | null;
  /** Union id of the person who created the device. */
  createdBy: string | null;
  firmware: string | null;
  software: string | null;
  /** ISO 8601 UTC. */
  activatedAt: string | null;
  network: Network;
  peripherals: Peripherals;
  sipAccount: string | null;
  controllers: Controller[];
  unknownFields: Record<string, unknown>;
};
