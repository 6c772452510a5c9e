import type { Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';
import { keepEveryVersion } from '#lib/store/history/versions.ts';
import type { Tables } from '#lib/store/schema.ts';

/** What lists showed of a device or a room, or the tree of groups, from `at` (milliseconds since the epoch) on. */
export type VersionTables = {
  versions: {
    kind: string;
    /** The device's key, the room's id, or `all` for the tree. */
    key: string;
    at: number;
    /** JSON of the domain's FleetDevice, KnownRoom or RoomGroup[]; null where it was in no list any more. */
    body: string | null;
  };
};

/** What was shown before this migration is not known; what is shown is known since it was last told. */
export const versionMigration = {
  async up(db: Kysely<Tables>) {
    await db.schema
      .createTable('versions')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', bytewiseText(db as Kysely<unknown>), (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text')
      .addPrimaryKeyConstraint('versions_key', ['kind', 'key', 'at'])
      .execute();
    // Since when anything is known.
    await db.schema.createIndex('versions_by_time').on('versions').column('at').execute();
    await keepEveryVersion(db);
  },
};
