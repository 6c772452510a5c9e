import { type Action, can, type Role } from '#lib/domain/access/operator.ts';
import type { Controller, Device, Network } from './device.ts';

/** What a person must be allowed to do to see a value; `nobody` sees it in an answer, whatever they may. */
export type Sight = Extract<Action, 'see-state' | 'see-identity' | 'see-network'> | 'nobody';

/**
 * Who sees what of a device, in one table: pages, answers, histories and files all ask here. Cast codes and SIP accounts
 * are in nobody's answer; `reveal` shows one, for a while. A field that is added does not compile until it stands here.
 */
export const FIELD_POLICY: {
  unit: Record<Exclude<keyof Device, 'network' | 'controllers'>, Sight>;
  network: Record<keyof Network, Sight>;
  controller: Record<keyof Controller, Sight>;
} = {
  unit: {
    deviceId: 'see-state',
    name: 'see-state',
    kind: 'see-state',
    model: 'see-state',
    serviceId: 'see-state',
    status: 'see-state',
    room: 'see-state',
    firmware: 'see-state',
    software: 'see-state',
    activatedAt: 'see-state',
    peripherals: 'see-state',
    unionId: 'see-identity',
    corpId: 'see-identity',
    serial: 'see-identity',
    mac: 'see-identity',
    createdBy: 'see-identity',
    unknownFields: 'see-identity',
    castCode: 'nobody',
    sipAccount: 'nobody',
  },
  network: {
    type: 'see-state',
    ssid: 'see-network',
    ip: 'see-network',
    wifiMac: 'see-network',
    wiredMac: 'see-network',
  },
  controller: {
    deviceId: 'see-state',
    name: 'see-state',
    kind: 'see-state',
    model: 'see-state',
    serviceId: 'see-state',
    status: 'see-state',
    roomId: 'see-state',
    unionId: 'see-identity',
    corpId: 'see-identity',
    serial: 'see-identity',
    mac: 'see-identity',
    castCode: 'nobody',
  },
};

/** Whether the role may see a value that takes so much. */
export const sees = (role: Role, sight: Sight): boolean => sight !== 'nobody' && can(role, sight);
