import { type Kysely, sql } from 'kysely';
import { bytewiseText, notNull, primaryKey } from './columns.ts';

export async function createAccessTables(db: Kysely<unknown>): Promise<void> {
  await createSessions(db);
  await createPersonChecks(db);
  await createApiTokens(db);
  await createSecretUses(db);
  await createSignInStates(db);
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('secret_hash', bytewiseText(db), (column) => column.notNull().unique())
    .addColumn('subject', bytewiseText(db), notNull)
    .addColumn('claims', 'text', notNull)
    .addColumn('signed_in_at', 'bigint', notNull)
    .addColumn('used_at', 'bigint', notNull)
    .addColumn('ends_at', 'bigint', notNull)
    .addColumn('ended_at', 'bigint')
    .addColumn('address', 'text', notNull)
    .addColumn('agent', 'text')
    .execute();
  await db.schema.createIndex('sessions_by_end').on('sessions').column('ends_at').execute();
  await db.schema
    .createIndex('sessions_open')
    .on('sessions')
    .columns(['subject', 'used_at'])
    .where(sql<boolean>`ended_at is null`)
    .execute();
}

async function createPersonChecks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person_checks')
    .addColumn('subject', bytewiseText(db), primaryKey)
    .addColumn('at', 'bigint', notNull)
    .execute();
}

async function createApiTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('api_tokens')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('secret_hash', bytewiseText(db), notNull)
    .addColumn('name', 'text', notNull)
    .addColumn('role', 'text', notNull)
    .addColumn('creator', bytewiseText(db), notNull)
    .addColumn('creator_name', 'text', notNull)
    .addColumn('claims', 'text', notNull)
    .addColumn('created_at', 'bigint', notNull)
    .addColumn('expires_at', 'bigint', notNull)
    .addColumn('used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute();
  await db.schema.createIndex('api_tokens_by_creator').on('api_tokens').column('creator').execute();
}

async function createSecretUses(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('secret_uses')
    .addColumn('use', bytewiseText(db), notNull)
    .addColumn('by', bytewiseText(db), notNull)
    .addColumn('key', bytewiseText(db), notNull)
    .addColumn('window_start', 'bigint', notNull)
    .addColumn('name', 'text', notNull)
    .addColumn('count', 'integer', notNull)
    .addColumn('last_at', 'bigint', notNull)
    .addPrimaryKeyConstraint('secret_uses_key', ['use', 'by', 'key', 'window_start'])
    .execute();
  await db.schema.createIndex('secret_uses_by_window').on('secret_uses').column('window_start').execute();
}

async function createSignInStates(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sign_in_states')
    .addColumn('hash', bytewiseText(db), primaryKey)
    .addColumn('used_at', 'bigint', notNull)
    .execute();
  await db.schema.createIndex('sign_in_states_by_use').on('sign_in_states').column('used_at').execute();
}
