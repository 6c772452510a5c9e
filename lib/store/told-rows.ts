import type { Transaction } from 'kysely';
import type { Controller, Device } from '#lib/domain/device.ts';
import type { ToldField } from '#lib/domain/device-event.ts';
import type { DeviceStatus } from '#lib/domain/device-status.ts';
import { deviceKey } from '#lib/domain/fleet.ts';
import { overlay } from '#lib/domain/overlay.ts';
import { chunks } from './chunks.ts';
import type { ToldAt } from './event-store.ts';
import { plainColumn } from './plain-column.ts';
import type { Tables } from './schema.ts';

/** What events told, by the key of the device or panel they told it of. */
export type ToldByKey = ReadonlyMap<string, ToldAt[]>;

/** What events told of these devices and panels. */
export async function toldOf(
  db: Pick<Transaction<Tables>, 'selectFrom'>,
  keys: readonly string[],
): Promise<ToldByKey> {
  const found = new Map<string, ToldAt[]>();
  for (const some of chunks([...new Set(keys)])) {
    const rows = await db
      .selectFrom('told')
      .selectAll()
      .where('device_key', 'in', some)
      .orderBy('field')
      .execute();
    for (const row of rows) {
      const told = { field: row.field as ToldField, value: JSON.parse(row.value) as unknown, at: row.at };
      found.set(row.device_key, [...(found.get(row.device_key) ?? []), told]);
    }
  }
  return found;
}

/** The key under which a panel's own events are kept; null for one without a name. */
export function panelKey({ deviceId, unionId }: Pick<Controller, 'deviceId' | 'unionId'>): string | null {
  if (deviceId === null && unionId === null) return null;
  return plainColumn(deviceKey(deviceId, unionId ?? ''));
}

/** The device with its panels, each with what events told of it after `after`. */
export function withToldSince(key: string, device: Device, told: ToldByKey, after: number): Device {
  const since = (of: string | null) => (told.get(of ?? '') ?? []).filter(({ at }) => at > after);
  const own = overlay(device, since(key));
  const controllers = own.controllers.map((panel) => {
    const status = since(panelKey(panel)).find(({ field }) => field === 'status');
    return status ? { ...panel, status: status.value as DeviceStatus } : panel;
  });
  return { ...own, controllers };
}
