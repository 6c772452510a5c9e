import type { Controller, Device, Network } from './device.ts';
import { type Action, can, type Role } from './operator.ts';

/** Stands where a value was that this reader may not see. Says nothing about whether there was one. */
export type Concealed = { concealed: true };

export const CONCEALED: Concealed = { concealed: true };

/** Cast codes and SIP accounts are for nobody to see in an answer: `reveal` shows one, for a while, to whoever may. */
type Secret<K extends string> = { [P in K]: Concealed };

type Hidden<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | Concealed };

type ControllerIdentity = 'unionId' | 'corpId' | 'serial' | 'mac';
type DeviceIdentity = ControllerIdentity | 'createdBy' | 'unknownFields';

export type ShownController = Hidden<Omit<Controller, 'castCode'>, ControllerIdentity> & Secret<'castCode'>;
export type ShownNetwork = Hidden<Network, 'ssid' | 'ip' | 'wifiMac' | 'wiredMac'>;

/** A device as one reader may see it: the same shape with some values concealed. */
export type ShownDevice = Hidden<
  Omit<Device, 'controllers' | 'network' | 'castCode' | 'sipAccount'>,
  DeviceIdentity
> &
  Secret<'castCode' | 'sipAccount'> & {
    network: ShownNetwork;
    controllers: ShownController[];
  };

/** Whether a shown value was concealed. */
export function isConcealed(value: unknown): value is Concealed {
  return typeof value === 'object' && value !== null && 'concealed' in value && value.concealed === true;
}

/** Removes what the role may not see. Runs on the server only; nothing concealed is left in the result. */
export function conceal(device: Device, role: Role): ShownDevice {
  const identity = <T>(value: T) => keep(role, 'see-identity', value);
  const network = <T>(value: T) => keep(role, 'see-network', value);
  // What is open is listed, so that a field added tomorrow stays inside until somebody decides about it.
  return {
    deviceId: device.deviceId,
    name: device.name,
    kind: device.kind,
    model: device.model,
    serviceId: device.serviceId,
    status: device.status,
    room: device.room,
    firmware: device.firmware,
    software: device.software,
    activatedAt: device.activatedAt,
    peripherals: device.peripherals,
    unionId: identity(device.unionId),
    corpId: identity(device.corpId),
    serial: identity(device.serial),
    mac: identity(device.mac),
    createdBy: identity(device.createdBy),
    castCode: CONCEALED,
    sipAccount: CONCEALED,
    unknownFields: identity(device.unknownFields),
    network: {
      type: device.network.type,
      ssid: network(device.network.ssid),
      ip: network(device.network.ip),
      wifiMac: network(device.network.wifiMac),
      wiredMac: network(device.network.wiredMac),
    },
    controllers: device.controllers.map((controller) => concealController(controller, role)),
  };
}

/** The same for one controller. */
export function concealController(controller: Controller, role: Role): ShownController {
  const identity = <T>(value: T) => keep(role, 'see-identity', value);
  return {
    deviceId: controller.deviceId,
    name: controller.name,
    kind: controller.kind,
    model: controller.model,
    serviceId: controller.serviceId,
    status: controller.status,
    roomId: controller.roomId,
    unionId: identity(controller.unionId),
    corpId: identity(controller.corpId),
    serial: identity(controller.serial),
    mac: identity(controller.mac),
    castCode: CONCEALED,
  };
}

const keep = <T>(role: Role, action: Action, value: T): T | Concealed =>
  can(role, action) ? value : CONCEALED;
