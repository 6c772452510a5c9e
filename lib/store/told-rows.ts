import type { Transaction } from 'kysely';
import type { Controller, Device } from '#lib/domain/device.ts';
import type { Told, ToldField } from '#lib/domain/device-event.ts';
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

/** What one event told of a device or a panel, and when that was so: the JSON beside the event. */
export type ToldByEvent = { at: number; fields: Told[] };

/** A sender's clock may go before ours, so that an event seems to be received before it was born. */
const CLOCKS_APART_MS = 24 * 60 * 60 * 1000;

/** What events received until `until` had told of these devices and panels about moments after `after`. */
export async function toldUntil(
  db: Pick<Transaction<Tables>, 'selectFrom'>,
  keys: readonly string[],
  { after, until }: { after: number; until: number },
): Promise<ToldByKey> {
  const newest = new Map<string, Map<ToldField, ToldAt>>();
  for (const some of chunks([...new Set(keys)])) {
    const rows = await db
      .selectFrom('events')
      .select(['device_key', 'told'])
      .where('device_key', 'in', some)
      .where('received_at', '<=', until)
      .where('received_at', '>', after - CLOCKS_APART_MS)
      .where('told', 'is not', null)
      // Of two events of one moment the one with the greater id counts, as in `told`.
      .orderBy('event_id')
      .execute();
    for (const row of rows) keepNewest(newest, row.device_key ?? '', JSON.parse(row.told ?? ''), after);
  }
  return new Map([...newest].map(([key, fields]) => [key, [...fields.values()]]));
}

function keepNewest(
  newest: Map<string, Map<ToldField, ToldAt>>,
  key: string,
  { at, fields }: ToldByEvent,
  after: number,
) {
  if (at <= after) return;
  const known = newest.get(key) ?? new Map<ToldField, ToldAt>();
  for (const { field, value } of fields) {
    if (at >= (known.get(field)?.at ?? at)) known.set(field, { field, value, at });
  }
  newest.set(key, known);
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
