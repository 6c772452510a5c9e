import { BLANK_DEVICE } from '#lib/domain/devices/blank-device.ts';
import type { Controller, Device } from '#lib/domain/devices/device.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';

/** A device with only the given values. */
export function device(said: Partial<Device> = {}): Device {
  return { ...BLANK_DEVICE, kind: 'device', status: { state: 'idle', raw: 'idle' }, ...said };
}

/** A controller with only the given values. */
export function controller(said: Partial<Controller> = {}): Controller {
  return {
    deviceId: null,
    unionId: null,
    name: null,
    kind: 'accessory',
    model: null,
    serviceId: null,
    status: { state: 'idle', raw: 'idle' },
    roomId: null,
    corpId: null,
    serial: null,
    mac: null,
    castCode: null,
    ...said,
  };
}

/** A reading of device 1234 in the operator's name, but for the given. */
export function reading(
  given: Partial<Omit<Reading, 'device'>> & { device?: Partial<Device> } = {},
): Reading {
  return {
    observedAt: 1_000,
    source: 'look-up',
    operatorUnionId: 'operator',
    raw: { deviceId: '1234' },
    ...given,
    device: device({ deviceId: '1234', unionId: 'lmvU', ...given.device }),
  };
}
