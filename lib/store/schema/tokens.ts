import type { Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/** Programs' ways in. Times are milliseconds since the epoch. */
export type TokenTables = {
  api_tokens: {
    id: string;
    /** SHA-256 of the whole value, in hex. */
    secret_hash: string;
    name: string;
    role: string;
    creator: string;
    creator_name: string;
    /** JSON of what was known of the creator. */
    claims: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    revoked_at: number | null;
  };
};

export const tokenMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('api_tokens')
      .addColumn('id', bytewiseText(db), (column) => column.primaryKey())
      .addColumn('secret_hash', bytewiseText(db), (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('creator', bytewiseText(db), (column) => column.notNull())
      .addColumn('creator_name', 'text', (column) => column.notNull())
      .addColumn('claims', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .execute();
    await db.schema.createIndex('api_tokens_by_creator').on('api_tokens').column('creator').execute();
  },
};
