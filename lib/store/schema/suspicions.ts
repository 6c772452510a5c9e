import type { Kysely } from 'kysely';
import type { Device } from '#lib/domain/devices/device.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { addCameras } from './cameras.ts';

const PAGE = 500;

/** What devices that have the same trouble are asked to have in common stands in their rows, and cases are found by code. */
export const suspicionMigration = {
  async up(db: Kysely<Tables>) {
    await addCameras(db);
    await db.schema.createIndex('issues_by_code').on('issues').columns(['code', 'since']).execute();
    await fillCameras(db);
  },
};

/** What the newest readings say; an event that told otherwise since is overtaken by the next reading. */
async function fillCameras(db: Kysely<Tables>) {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('devices')
      .innerJoin('readings', 'readings.id', 'devices.reading_id')
      .select(['devices.key', 'readings.device'])
      .where('devices.key', '>', after)
      .where('devices.camera', 'is', null)
      .orderBy('devices.key')
      .limit(PAGE)
      .execute();
    for (const { key, device } of rows) {
      const { camera } = (JSON.parse(device) as Device).peripherals;
      if (camera === null) continue;
      await db
        .updateTable('devices')
        .set({ camera: plainColumn(camera) })
        .where('key', '=', key)
        .execute();
    }
    after = rows.at(-1)?.key ?? '';
    if (rows.length < PAGE) return;
  }
}
