import type { Selectable, Transaction } from 'kysely';
import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { planAfterReading } from '#lib/domain/discovery/polling-schedule.ts';
import { deviceKey } from '#lib/domain/inventory/fleet.ts';
import type { Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { checkPush } from '#lib/store/events/event-checks.ts';
import { overridesOf, panelKey, withOverridesSince } from '#lib/store/events/event-overrides.ts';
import { differences } from '#lib/store/history/differences.ts';
import { addMark, refreshSince, stateSince } from '#lib/store/history/status-marks.ts';
import type { Tables } from '#lib/store/schema.ts';
import { UNREADABLE, type Vault } from '#lib/store/sealing/vault.ts';
import { deviceColumns, type NewerReading, recordChanges, replaceParts } from './device-rows.ts';
import { absorbPlaceholders, type Bearer } from './placeholders.ts';

type DeviceRow = Selectable<Tables['devices']>;

/** Where the secrets of a reading are sealed for. */
export const placeOfReading = (id: string): string => `readings ${id}`;

/** The key under which a reading is kept: also an answer that leaves its name out is found by the one it was asked by. */
export function keyOfReading(ref: DeviceRef, device: Device): string {
  return plainColumn(
    ref.by === 'deviceId'
      ? (device.deviceId ?? ref.id)
      : deviceKey(device.deviceId, device.unionId ?? ref.id),
  );
}

/**
 * Brings the inventory up to date with a reading that was just kept under `readingId`. Answers the keys of the devices
 * that are others now: none when the inventory knew something newer and stays as it is.
 */
export async function observe(
  { trx, vault }: Pick<Writing, 'trx' | 'vault'>,
  readingId: string,
  ref: DeviceRef,
  reading: Reading,
): Promise<string[]> {
  const key = keyOfReading(ref, reading.device);
  const at = reading.observedAt;
  const before = await lockDevice(trx, key, at);
  await markStates(trx, key, reading);
  if (before.observed_at !== null && before.observed_at > at) {
    return (await refreshSince(trx, before)) ? [key] : [];
  }
  const asked = ref.by === 'unionId' ? plainColumn(ref.id) : before.asked_union_id;
  const read = sameAsKept(reading.device);
  const bearers: Bearer[] = [
    { unionId: asked, key },
    { unionId: read.unionId, key },
    ...read.controllers.map((each) => ({ unionId: each.unionId, key: panelKey(each) ?? key })),
  ];
  // Devices that were only known from their room or from events turn out to be this one or a panel of it.
  const absorbed = await absorbPlaceholders(trx, key, bearers);
  const panels = read.controllers.flatMap((each) => panelKey(each) ?? []);
  const overrides = await overridesOf(trx, vault, [key, ...panels], UNREADABLE);
  const lastRead = await previousDevice(trx, vault, before.reading_id);
  const previous = lastRead && withOverridesSince(key, lastRead, overrides, before.observed_at ?? at);
  const newer: NewerReading = {
    key,
    readingId,
    asked,
    device: withOverridesSince(key, read, overrides, at),
    reading,
  };
  const found = previous ? differences(previous, newer.device) : [];
  await checkPush(trx, read.status.state, at, overrides.get(key) ?? []);
  await deleteOverrides(trx, [...overrides.keys()], at);
  const state = newer.device.status.state;
  const since = await stateSince(trx, key, state, at);
  const firstSeenAt = Math.min(before.first_seen_at, ...absorbed.map((each) => each.first_seen_at));
  const changed = found.length > 0 ? reading.observedAt : before.changed_at;
  const seen = {
    state,
    stateSince: since,
    changedAt: changed,
    firstSeenAt,
  };
  const check = planAfterReading(seen, reading.observedAt);
  await replaceParts({ trx, vault }, newer, before, previous);
  await recordChanges({ trx, vault }, newer, before.observed_at, found);
  await trx
    .updateTable('devices')
    .set({
      ...deviceColumns(newer),
      state,
      state_since: since,
      event_at: newestAfter(overrides.get(key) ?? [], at),
      first_seen_at: firstSeenAt,
      changed_at: changed,
      next_check_at: check.at,
      next_check_reason: check.reason,
    })
    .where('key', '=', key)
    .execute();
  return [key, ...absorbed.map((each) => each.key)];
}

/** Facts of the moment, kept also when something newer is known: the history is of all of them. */
async function markStates(
  trx: Transaction<Tables>,
  key: string,
  { device, observedAt: at, source }: Reading,
) {
  await addMark(trx, key, { at, state: device.status.state, source });
  for (const panel of device.controllers) {
    const own = panelKey(panel);
    if (own !== null && own !== key) await addMark(trx, own, { at, state: panel.status.state, source });
  }
}

async function deleteOverrides(trx: Transaction<Tables>, keys: string[], at: number): Promise<void> {
  if (keys.length === 0) return;
  await trx.deleteFrom('event_overrides').where('device_key', 'in', keys).where('at', '<=', at).execute();
}

const newestAfter = (overrides: { at: number }[], at: number): number | null =>
  overrides.reduce<number | null>(
    (newest, each) => (each.at > at ? Math.max(newest ?? 0, each.at) : newest),
    null,
  );

// One statement that makes the row or locks it, so that two readings of one device follow each other on any engine.
export function lockDevice(trx: Transaction<Tables>, key: string, at: number): Promise<DeviceRow> {
  return trx
    .insertInto('devices')
    .values({ key, kind: 'unknown', state: 'not-observed', first_seen_at: at })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ key: (each) => each.ref('excluded.key') }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The newest reading, with UNREADABLE for each secret that no known key opens. */
// The reading itself is what its successor is compared with: a copy beside the columns would double every row.
export async function previousDevice(
  trx: Transaction<Tables>,
  vault: Vault,
  readingId: string | null,
): Promise<Device | null> {
  if (readingId === null) return null;
  const row = await trx
    .selectFrom('readings')
    .select('device')
    .where('id', '=', readingId)
    .executeTakeFirst();
  return row ? (vault.value(row.device, placeOfReading(readingId), '', UNREADABLE) as Device) : null;
}

const sameAsKept = (device: Device) => JSON.parse(JSON.stringify(device)) as Device;
