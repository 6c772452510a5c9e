import type { Override } from '#lib/domain/events/device-event.ts';
import type { Device, RoomRef } from './device.ts';
import type { DeviceStatus } from './device-status.ts';

/** A device as it was read, with what events told of it since. */
export function overlay(device: Device, overrides: readonly Override[]): Device {
  return overrides.reduce(withOverrides, device);
}

// Told values were checked where they were read off the wire, so their shapes are trusted here.
function withOverrides(device: Device, { field, value }: Override): Device {
  switch (field) {
    case 'status':
      return { ...device, status: value as DeviceStatus };
    case 'room':
      return { ...device, room: value as RoomRef | null };
    case 'network.type':
      return {
        ...device,
        network: { ...device.network, ...(value as Pick<Device['network'], 'type' | 'ssid'>) },
      };
    case 'network.ip':
    case 'network.wifiMac':
    case 'network.wiredMac':
      return { ...device, network: { ...device.network, [field.slice('network.'.length)]: value } };
    case 'peripherals.hdmi':
      return { ...device, peripherals: { ...device.peripherals, hdmi: value as string | null } };
    default:
      return { ...device, [field]: value };
  }
}

/** A path in Device with one plain value, as changes name it. */
export type Leaf = { field: string; value: unknown };

/** The plain fields that a told value speaks of. */
export function leavesOf({ field, value }: Override): Leaf[] {
  switch (field) {
    case 'status':
      return [{ field: 'status.state', value: (value as DeviceStatus).state }];
    case 'room':
      return [{ field: 'room.id', value: (value as RoomRef | null)?.id ?? null }];
    case 'network.type': {
      const { type, ssid } = value as Pick<Device['network'], 'type' | 'ssid'>;
      return [
        { field: 'network.type', value: type },
        { field: 'network.ssid', value: ssid },
      ];
    }
    default:
      return [{ field, value }];
  }
}

/** What a device says at a leaf; null for what is not there. */
export function leafOf(device: Device, field: string): unknown {
  let value: unknown = device;
  for (const part of field.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[part];
  }
  return value ?? null;
}
