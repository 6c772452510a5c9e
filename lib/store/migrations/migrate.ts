import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Tables } from '#lib/store/schema.ts';
import { migrations } from './migrations.ts';
import { isPreRelease, PRE_RELEASE_DATABASE } from './pre-release.ts';

/**
 * Brings the tables up to date. Several processes may do so at once: the first one does, the others wait for it. Rejects
 * with a sentence for the administrator when a newer version or a version from before the first release wrote the database.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (!error) return;
  // Kysely calls every unknown migration "corrupted migrations".
  const unknown = await unknownMigrations(db).catch(() => []);
  if (unknown.some(isPreRelease)) throw new Error(PRE_RELEASE_DATABASE, { cause: error });
  const newest = unknown.at(-1);
  if (newest !== undefined) {
    throw new Error(
      `This database was written by a newer version of Rooms Desk: it has "${newest}", which this version does not know. ` +
        'Install the version that wrote it, or restore a backup of this version into an empty database.',
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(`The database could not be brought up to date: ${reason}`, { cause: error });
}

async function unknownMigrations(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name).filter((name) => !Object.hasOwn(migrations, name));
}

/** Migrates the tables from one version to another, inside a transaction when it is given one. */
export const migratorOf = (db: Kysely<Tables>): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => migrations } });
