import type { Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/** What people left about a device or a room. Times are milliseconds since the epoch. */
export type NoteTables = {
  notes: {
    id: string;
    /** `device` or `room`. */
    kind: string;
    /** The device's key or the room's id. */
    key: string;
    author: string;
    author_name: string;
    body: string;
    written_at: number;
    edited_at: number | null;
    /** Set for the short while in which it can be brought back. */
    removed_at: number | null;
    removed_by: string | null;
  };
};

export const noteMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('notes')
      .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', bytewiseText(db), (column) => column.notNull())
      .addColumn('author', bytewiseText(db), (column) => column.notNull())
      .addColumn('author_name', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('written_at', 'bigint', (column) => column.notNull())
      .addColumn('edited_at', 'bigint')
      .addColumn('removed_at', 'bigint')
      .addColumn('removed_by', bytewiseText(db))
      .execute();
    await db.schema
      .createIndex('notes_by_subject')
      .on('notes')
      .columns(['kind', 'key', 'written_at'])
      .execute();
  },
};
