import type { Selectable, Transaction } from 'kysely';
import type { Device } from '#lib/domain/device.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import { deviceKey } from '#lib/domain/fleet.ts';
import { planAfterReading } from '#lib/domain/look-plan.ts';
import type { Reading } from '#lib/domain/reading.ts';
import { deviceColumns, type NewerReading, recordChanges, replaceParts } from './device-rows.ts';
import { differences } from './differences.ts';
import { absorbPlaceholders } from './placeholders.ts';
import { plainColumn } from './plain-column.ts';
import { recordState } from './record-state.ts';
import type { Tables } from './schema.ts';

type DeviceRow = Selectable<Tables['devices']>;

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
  trx: Transaction<Tables>,
  readingId: string,
  ref: DeviceRef,
  reading: Reading,
): Promise<string[]> {
  const key = keyOfReading(ref, reading.device);
  const before = await lockDevice(trx, key, reading.observedAt);
  if (before.observed_at !== null && before.observed_at > reading.observedAt) return [];
  const asked = ref.by === 'unionId' ? plainColumn(ref.id) : before.asked_union_id;
  const newer: NewerReading = { key, readingId, asked, device: sameAsKept(reading.device), reading };
  const previous = await previousDevice(trx, before.reading_id);
  const found = previous ? differences(previous, newer.device) : [];
  const names = [asked, newer.device.unionId, ...newer.device.controllers.map((each) => each.unionId)];
  // Devices that were only known from their room turn out to be this one or a panel of it.
  const absorbed = await absorbPlaceholders(trx, key, names);
  const state = await recordState(trx, before, newer);
  const firstSeenAt = Math.min(before.first_seen_at, ...absorbed.map((each) => each.first_seen_at));
  const changed = found.length > 0 ? reading.observedAt : before.changed_at;
  const seen = {
    state: newer.device.status.state,
    stateSince: state.state_since,
    changedAt: changed,
    firstSeenAt,
  };
  const look = planAfterReading(seen, reading.observedAt);
  await replaceParts(trx, newer, before, previous);
  await recordChanges(trx, newer, before.observed_at, found);
  await trx
    .updateTable('devices')
    .set({
      ...deviceColumns(newer),
      ...state,
      first_seen_at: firstSeenAt,
      changed_at: changed,
      next_look_at: look.at,
      look_why: look.why,
    })
    .where('key', '=', key)
    .execute();
  return [key, ...absorbed.map((each) => each.key)];
}

// One statement that makes the row or locks it, so that two readings of one device follow each other on any engine.
function lockDevice(trx: Transaction<Tables>, key: string, at: number): Promise<DeviceRow> {
  return trx
    .insertInto('devices')
    .values({ key, kind: 'unknown', state: 'not-observed', first_seen_at: at })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ key: (each) => each.ref('excluded.key') }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

// The reading itself is what its successor is compared with: a copy beside the columns would double every row.
async function previousDevice(trx: Transaction<Tables>, readingId: string | null): Promise<Device | null> {
  if (readingId === null) return null;
  const row = await trx
    .selectFrom('readings')
    .select('device')
    .where('id', '=', readingId)
    .executeTakeFirst();
  return row ? (JSON.parse(row.device) as Device) : null;
}

const sameAsKept = (device: Device) => JSON.parse(JSON.stringify(device)) as Device;
