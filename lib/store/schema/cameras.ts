import type { Kysely } from 'kysely';
import type { Tables } from '#lib/store/schema.ts';
import { visibleTables } from '#lib/store/visible-tables.ts';

/**
 * The column for a device's camera, where there is none yet: a migration that writes rows as they are today comes before
 * the one that brings it to everybody.
 */
export async function addCameras(db: Kysely<Tables>): Promise<void> {
  const devices = (await visibleTables(db)).find(({ name }) => name === 'devices');
  if (devices?.columns.some(({ name }) => name === 'camera')) return;
  await db.schema.alterTable('devices').addColumn('camera', 'text').execute();
}
