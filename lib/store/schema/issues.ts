import { type Kysely, sql } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/** Times are milliseconds since the epoch. */
export type IssueTables = {
  /** When something began to be wrong with a device, and when it ended; null while it stands. */
  issues: { device_key: string; code: string; since: number; until: number | null };
  /** When a version of a model's firmware or software was first seen in this fleet. */
  first_versions: { model: string; part: string; version: string; at: number };
};

export const issueMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('issues')
      .addColumn('device_key', bytewiseText(db), (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('until', 'bigint')
      .addPrimaryKeyConstraint('issues_key', ['device_key', 'code', 'since'])
      .execute();
    await db.schema.createIndex('issues_by_end').on('issues').columns(['until', 'since']).execute();
    await db.schema
      .createTable('first_versions')
      .addColumn('model', bytewiseText(db), (column) => column.notNull())
      .addColumn('part', 'text', (column) => column.notNull())
      .addColumn('version', bytewiseText(db), (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('first_versions_key', ['model', 'part', 'version'])
      .execute();
    await knowVersions(db);
    // What stands now, beside what lists show of a device: its codes in the catalogue's order, with spaces between.
    await db.schema.alterTable('devices').addColumn('issues', 'text').execute();
    await db.schema.alterTable('devices').addColumn('parts', 'text').execute();
  },
};

/** What devices run now was first seen when the first of them changed to it, or with the first that never changed. */
async function knowVersions(db: Kysely<unknown>) {
  for (const part of ['firmware', 'software']) {
    await sql`
      insert into first_versions (model, part, version, at)
      select model, ${part}, version, min(at) from (
        select d.model as model, d.${sql.ref(part)} as version, coalesce(
          (select max(c.at) from changes c where c.device_key = d.key and c.field = ${part}), d.first_seen_at) as at
        from devices d where d.model is not null and d.${sql.ref(part)} is not null
      ) as seen group by model, version`.execute(db);
  }
}
