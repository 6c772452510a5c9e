import type { Transaction } from 'kysely';
import type { Controller, Device } from '#lib/domain/devices/device.ts';
import type { DeviceStatus } from '#lib/domain/devices/device-status.ts';
import { overlay } from '#lib/domain/devices/overlay.ts';
import type { OverriddenField, Override } from '#lib/domain/events/device-event.ts';
import { deviceKey } from '#lib/domain/inventory/fleet.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import type { UNREADABLE, Vault } from '#lib/store/sealing/vault.ts';

/** What an event told of a field, and when it was so. */
export type EventOverride = Override & { at: number };

/** What events told, by the key of the device or panel they told it of. */
export type OverridesByKey = ReadonlyMap<string, EventOverride[]>;

/** What events told of these devices and panels; a secret that no key opens is `unopened`. */
export async function overridesOf(
  db: Pick<Transaction<Tables>, 'selectFrom'>,
  vault: Vault,
  keys: readonly string[],
  unopened: typeof UNREADABLE | null = null,
): Promise<OverridesByKey> {
  const found = new Map<string, EventOverride[]>();
  for (const some of chunks([...new Set(keys)])) {
    const rows = await db
      .selectFrom('event_overrides')
      .selectAll()
      .where('device_key', 'in', some)
      .orderBy('field')
      .execute();
    for (const row of rows) {
      const value = vault.value(row.value, placeOfEvent(row.event_id), row.field, unopened);
      const overrides = { field: row.field as OverriddenField, value, at: row.at };
      found.set(row.device_key, [...(found.get(row.device_key) ?? []), overrides]);
    }
  }
  return found;
}

/** What one event told of a device or a panel, and when that was so: the JSON beside the event. */
export type EventOverrides = { at: number; fields: Override[] };

/** Where the secrets of an event are sealed for. */
export const placeOfEvent = (eventId: string): string => `events ${eventId}`;

/** What an event told, as the JSON beside it that is sealed whole. */
const toldIn = (vault: Vault, eventId: string, text: string): EventOverrides =>
  JSON.parse(vault.opened(text, placeOfEvent(eventId)) ?? '{"at":0,"fields":[]}') as EventOverrides;

/** A sender's clock may go before ours, so that an event seems to be received before it was born. */
const CLOCKS_APART_MS = 24 * 60 * 60 * 1000;

/** What events received until `until` had told of these devices and panels about moments after `after`. */
export async function overriddenUntil(
  db: Pick<Transaction<Tables>, 'selectFrom'>,
  vault: Vault,
  keys: readonly string[],
  { after, until }: { after: number; until: number },
): Promise<OverridesByKey> {
  const newest = new Map<string, Map<OverriddenField, EventOverride>>();
  for (const some of chunks([...new Set(keys)])) {
    const rows = await db
      .selectFrom('events')
      .select(['event_id', 'device_key', 'overrides'])
      .where('device_key', 'in', some)
      .where('received_at', '<=', until)
      .where('received_at', '>', after - CLOCKS_APART_MS)
      .where('overrides', 'is not', null)
      // Of two events of one moment the one with the greater id counts, as in `event_overrides`.
      .orderBy('event_id')
      .execute();
    for (const row of rows) {
      const overrides = toldIn(vault, row.event_id, row.overrides ?? '');
      keepNewest(newest, row.device_key ?? '', overrides, after);
    }
  }
  return new Map([...newest].map(([key, fields]) => [key, [...fields.values()]]));
}

function keepNewest(
  newest: Map<string, Map<OverriddenField, EventOverride>>,
  key: string,
  { at, fields }: EventOverrides,
  after: number,
) {
  if (at <= after) return;
  const known = newest.get(key) ?? new Map<OverriddenField, EventOverride>();
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
export function withOverridesSince(
  key: string,
  device: Device,
  overrides: OverridesByKey,
  after: number,
): Device {
  const since = (of: string | null) => (overrides.get(of ?? '') ?? []).filter(({ at }) => at > after);
  const own = overlay(device, since(key));
  const controllers = own.controllers.map((panel) => {
    const status = since(panelKey(panel)).find(({ field }) => field === 'status');
    return status ? { ...panel, status: status.value as DeviceStatus } : panel;
  });
  return { ...own, controllers };
}
