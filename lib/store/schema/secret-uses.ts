import type { Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/** What all instances count together against guessing and repeating. Times are milliseconds since the epoch. */
export type SecretUseTables = {
  /** How often a person, or an address, searched for or was shown secrets in the hour that began at `window_start`. */
  secret_uses: {
    use: string;
    by: string;
    key: string;
    window_start: number;
    name: string;
    count: number;
    last_at: number;
  };
  /** Sign-ins whose one answer was already taken, by the SHA-256 of their state in hex. */
  sign_in_states: { hash: string; used_at: number };
};

export const secretUseMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('secret_uses')
      .addColumn('use', bytewiseText(db), (column) => column.notNull())
      .addColumn('by', bytewiseText(db), (column) => column.notNull())
      .addColumn('key', bytewiseText(db), (column) => column.notNull())
      .addColumn('window_start', 'bigint', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('secret_uses_key', ['use', 'by', 'key', 'window_start'])
      .execute();
    await db.schema.createIndex('secret_uses_by_window').on('secret_uses').column('window_start').execute();
    await db.schema
      .createTable('sign_in_states')
      .addColumn('hash', bytewiseText(db), (column) => column.primaryKey())
      .addColumn('used_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('sign_in_states_by_use').on('sign_in_states').column('used_at').execute();
  },
};
