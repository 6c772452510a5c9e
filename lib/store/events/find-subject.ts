import type { Transaction } from 'kysely';
import type { EventDevice } from '#lib/domain/events/device-event.ts';
import { deviceKey } from '#lib/domain/inventory/fleet.ts';
import { normalIdentifier } from '#lib/domain/search/identifier-kind.ts';
import { OWN } from '#lib/store/devices/identifier-rows.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { panelKey } from './event-overrides.ts';

/** Whom an event is about: `key` of the device or panel, `unit` of the device whose row shows it. */
export type Subject = { key: string; unit: string; known: boolean };

/** Finds the device or panel that an event names; one that nobody knows gets a row and is asked for. */
export async function findSubject(
  trx: Transaction<Tables>,
  device: EventDevice,
  at: number,
): Promise<Subject> {
  return (
    (await byDeviceId(trx, device.deviceId)) ?? (await byUnionId(trx, device)) ?? addUnknown(trx, device, at)
  );
}

async function byDeviceId(trx: Transaction<Tables>, deviceId: string | null): Promise<Subject | null> {
  if (deviceId === null) return null;
  const id = plainColumn(deviceId);
  const unit = await trx.selectFrom('devices').select('key').where('key', '=', id).executeTakeFirst();
  if (unit) return { key: unit.key, unit: unit.key, known: true };
  return panelWhere(trx, 'device_id', id);
}

async function byUnionId(
  trx: Transaction<Tables>,
  { deviceId, unionId }: EventDevice,
): Promise<Subject | null> {
  if (unionId === null) return null;
  const id = plainColumn(unionId);
  let units = trx
    .selectFrom('devices')
    .select('key')
    .where((each) => each.or([each('union_id', '=', id), each('asked_union_id', '=', id)]))
    .orderBy('key')
    .limit(1);
  // A device and its panel may have one union id, so whoever has another device id is somebody else.
  if (deviceId !== null) units = units.where('device_id', 'is', null);
  const unit = await units.executeTakeFirst();
  if (deviceId !== null && !unit) return null;
  return unit ? { key: unit.key, unit: unit.key, known: true } : panelWhere(trx, 'union_id', id);
}

async function panelWhere(trx: Transaction<Tables>, column: 'device_id' | 'union_id', id: string) {
  const panel = await trx
    .selectFrom('controllers')
    .select(['device_key', 'device_id', 'union_id'])
    .where(column, '=', id)
    .orderBy('device_key')
    .limit(1)
    .executeTakeFirst();
  if (!panel) return null;
  const key = panelKey({ deviceId: panel.device_id, unionId: panel.union_id }) ?? id;
  return { key, unit: panel.device_key, known: true };
}

async function addUnknown(trx: Transaction<Tables>, { deviceId, unionId }: EventDevice, at: number) {
  const key = plainColumn(deviceKey(deviceId, unionId ?? ''));
  await trx
    .insertInto('devices')
    .values({
      key,
      device_id: plainColumn(deviceId),
      union_id: plainColumn(unionId),
      kind: 'unknown',
      state: 'not-observed',
      first_seen_at: at,
      next_check_at: at,
      next_check_reason: 'never-read',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const names = [
    ...(deviceId === null ? [] : [{ kind: 'device-id' as const, value: deviceId }]),
    ...(unionId === null ? [] : [{ kind: 'union-id' as const, value: unionId }]),
  ];
  for (const { kind, value } of names) {
    await trx
      .insertInto('identifiers')
      .values({ device_key: key, position: OWN, kind, value: plainColumn(normalIdentifier(kind, value)) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return { key, unit: key, known: false };
}
