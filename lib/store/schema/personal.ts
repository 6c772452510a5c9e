import type { Kysely } from 'kysely';

/** What belongs to one person, by their subject. Times are milliseconds since the epoch. */
export type PersonalTables = {
  pins: { subject: string; kind: string; key: string; at: number };
  /** A person's views are told apart by name; `id` is how an address names one. */
  saved_views: { subject: string; name: string; id: string; path: string; at: number };
  visits: { subject: string; device_key: string; at: number };
};

export const personalMigration = {
  async up(db: Kysely<PersonalTables>) {
    await db.schema
      .createTable('pins')
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('pins_key', ['subject', 'kind', 'key'])
      .execute();
    await db.schema
      .createTable('saved_views')
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('saved_views_key', ['subject', 'name'])
      .execute();
    await db.schema
      .createTable('visits')
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('device_key', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('visits_key', ['subject', 'device_key'])
      .execute();
  },
};
