import type { Selectable } from 'kysely';
import type { Controller, Device } from '#lib/domain/devices/device.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { deviceKey } from '#lib/domain/inventory/fleet.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Difference } from '#lib/store/history/differences.ts';
import type { Tables } from '#lib/store/schema.ts';
import { UNREADABLE } from '#lib/store/sealing/vault.ts';
import { type IdentifierRow, identifierRows } from './identifier-rows.ts';

type Sealing = Pick<Writing, 'trx' | 'vault'>;

/** Where the secrets in changes are sealed for: rows of one device become another's. */
export const CHANGES = 'changes';

/** A reading that the inventory takes over: `device` is what the reading will say when it is read back. */
export type NewerReading = {
  key: string;
  readingId: string;
  /** The union id the device was last asked by, ever. */
  asked: string | null;
  device: Device;
  reading: Reading;
};

/** What a device says that events can tell too, as columns of its row. */
export function shownColumns(device: Device) {
  return {
    model: plainColumn(device.model),
    raw_status: plainColumn(device.status.raw),
    room_id: plainColumn(device.room?.id ?? null),
    room_name: plainColumn(device.room?.name ?? null),
    ip: plainColumn(device.network.ip),
    firmware: plainColumn(device.firmware),
    software: plainColumn(device.software),
    camera: plainColumn(device.peripherals.camera),
    network_type: device.network.type,
  };
}

/** What the newest reading says, as columns of the device's row. */
export function deviceColumns({ readingId, asked, device, reading }: NewerReading) {
  return {
    ...shownColumns(device),
    device_id: plainColumn(device.deviceId),
    union_id: plainColumn(device.unionId),
    asked_union_id: asked,
    operator_union_id: plainColumn(reading.operatorUnionId),
    name: plainColumn(device.name),
    kind: device.kind,
    serial: plainColumn(device.serial),
    mac: plainColumn(device.mac),
    observed_at: reading.observedAt,
    source: reading.source,
    reading_id: readingId,
    removed_at: null,
  };
}

/** Replaces controllers and identifiers, each only when it differs from what the previous reading left behind. */
export async function replaceParts(
  { trx, vault }: Sealing,
  { key, asked, device }: NewerReading,
  before: Selectable<Tables['devices']>,
  previous: Device | null,
): Promise<void> {
  const controllers = device.controllers.map(controllerColumns);
  if (!previous || !same(previous.controllers.map(controllerColumns), controllers)) {
    await trx.deleteFrom('controllers').where('device_key', '=', key).execute();
    for (const some of chunks(controllers)) {
      await trx
        .insertInto('controllers')
        .values(some.map((each) => ({ device_key: key, ...each })))
        .execute();
    }
  }
  const deviceId = idInKey(key);
  const identifiers = identifierRows(device, { deviceId, unionId: asked });
  const known = previous && identifierRows(previous, { deviceId, unionId: before.asked_union_id });
  if (known && same(known, identifiers)) return;
  await replaceIdentifiers({ trx, vault }, key, identifiers);
}

/**
 * What a device and its panels are found by, from now on. A hash stays where the value that it was made of is UNREADABLE:
 * whoever knows the key still finds the device by it.
 */
export async function replaceIdentifiers({ trx, vault }: Sealing, key: string, all: IdentifierRow[]) {
  const kept = all.filter(({ value }) => value === UNREADABLE);
  await trx
    .deleteFrom('identifiers')
    .where('device_key', '=', key)
    .where((each) => each.not(each.or(kept.map(({ kind, position }) => each.and({ kind, position })))))
    .execute();
  for (const some of chunks(all.filter((row) => !kept.includes(row)))) {
    await trx
      .insertInto('identifiers')
      .values(
        some.map(({ kind, value, position }) => ({
          device_key: key,
          kind,
          position,
          value: vault.identifier(kind, value),
        })),
      )
      .execute();
  }
}

const same = (left: unknown[], right: unknown[]) => JSON.stringify(left) === JSON.stringify(right);

function controllerColumns(controller: Controller, position: number) {
  return {
    position,
    device_id: plainColumn(controller.deviceId),
    union_id: plainColumn(controller.unionId),
    name: plainColumn(controller.name),
    model: plainColumn(controller.model),
    state: controller.status.state,
    raw_status: plainColumn(controller.status.raw),
  };
}

/** The device id in a key, or null when the key stands for a union id. */
export const idInKey = (key: string): string | null => (key.startsWith(deviceKey(null, '')) ? null : key);

/** Keeps what changed since `notBefore`, the moment of the previous reading. */
export async function recordChanges(
  { trx, vault }: Sealing,
  { key, reading }: NewerReading,
  notBefore: number | null,
  found: Difference[],
): Promise<void> {
  for (const some of chunks(found)) {
    await trx
      .insertInto('changes')
      .values(
        some.map(({ field, from, to }) => ({
          device_key: key,
          at: reading.observedAt,
          not_before: notBefore ?? reading.observedAt,
          field: plainColumn(field),
          from_value: vault.json(from, CHANGES, field),
          to_value: vault.json(to, CHANGES, field),
          source: reading.source,
        })),
      )
      .execute();
  }
}
