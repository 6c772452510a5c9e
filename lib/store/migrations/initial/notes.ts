import type { Kysely } from 'kysely';
import { bytewiseText, notNull, primaryKey } from './columns.ts';

export async function createNoteTables(db: Kysely<unknown>): Promise<void> {
  await createNotes(db);
  await createChecklistAnswers(db);
}

async function createNotes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notes')
    .addColumn('id', bytewiseText(db), primaryKey)
    .addColumn('kind', 'text', notNull)
    .addColumn('key', bytewiseText(db), notNull)
    .addColumn('author', bytewiseText(db), notNull)
    .addColumn('author_name', 'text', notNull)
    .addColumn('body', 'text', notNull)
    .addColumn('written_at', 'bigint', notNull)
    .addColumn('edited_at', 'bigint')
    .addColumn('removed_at', 'bigint')
    .addColumn('removed_by', bytewiseText(db))
    .execute();
  await db.schema
    .createIndex('notes_by_subject')
    .on('notes')
    .columns(['kind', 'key', 'written_at'])
    .execute();
}

async function createChecklistAnswers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('checklist_answers')
    .addColumn('device_key', bytewiseText(db), notNull)
    .addColumn('step', bytewiseText(db), notNull)
    .addColumn('at', 'bigint', notNull)
    .addColumn('answer', 'text', notNull)
    .addColumn('subject', 'text', notNull)
    .addColumn('name', 'text', notNull)
    .addPrimaryKeyConstraint('checklist_answers_key', ['device_key', 'step', 'at'])
    .execute();
  await db.schema.createIndex('checklist_answers_by_time').on('checklist_answers').column('at').execute();
}
