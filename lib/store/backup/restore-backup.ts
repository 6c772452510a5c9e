import { type Kysely, sql, type Transaction } from 'kysely';
import { withPatientDatabase } from '#lib/store/postgres.ts';
import { CHANNEL } from '#lib/store/postgres-listener.ts';
import { migrations, type Tables } from '#lib/store/schema.ts';
import { migrate, migratorOf } from '#lib/store/sql-store.ts';
import { openSqliteDatabase } from '#lib/store/sqlite.ts';
import { ALL_TABLES, BackupError, type DatabasePlace, KEPT_TABLES } from './contents.ts';
import { type BackupHeader, checkBackupFile, readBackupFile } from './file.ts';
import { revokedIn, stayRevoked } from './revoked.ts';
import { atLeastAsSpent, type Spent, spentIn } from './spent.ts';

/** Values in one statement: SQLite takes 32,766 of them, PostgreSQL 65,535. */
const MOST_VALUES = 20_000;

/** How often a restore begins anew because it and a running desk waited for each other. */
const ATTEMPTS = 5;

/** What was brought back; `madeAt` is ISO 8601 UTC. */
export type RestoredBackup = { rows: number; madeAt: string };

/**
 * Fills a database from a backup, whichever engine it came from, in one transaction: after a failure or a kill it is as it
 * was before. Running desks go on with what was restored. What was spent of a month is never less afterwards than before,
 * and a token that was revoked stays so.
 * Rejects with BackupError when the file is not whole or is of a newer version, and without `replace` when the database
 * holds anything.
 */
export async function restoreBackup(
  place: DatabasePlace,
  path: string,
  options: { replace: boolean; nowMs: number },
): Promise<RestoredBackup> {
  const header = await checkBackupFile(path);
  if (!(header.migration in migrations)) {
    throw new BackupError(`${path} was made by a newer version of Rooms Desk: use that one.`);
  }
  const restore = (db: Kysely<Tables>, postgres: boolean) => insteadOf(db, postgres, path, header, options);
  if (place.databaseUrl !== null) {
    return withPatientDatabase(place.databaseUrl, async (db) => {
      await migrate(db);
      return restore(db, true);
    });
  }
  const { db } = await openSqliteDatabase(place.dataDir);
  return restore(db, false).finally(() => db.destroy());
}

async function insteadOf(
  db: Kysely<Tables>,
  postgres: boolean,
  path: string,
  header: BackupHeader,
  { replace, nowMs }: { replace: boolean; nowMs: number },
): Promise<RestoredBackup> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(async (trx) => {
        if (postgres) await lockAll(trx);
        const held = await tablesInUse(trx);
        if (held.length > 0 && !replace) {
          throw new BackupError(
            `The database is not empty (${held.slice(0, 3).join(', ')}). To put the backup in its place: --replace.`,
          );
        }
        const spent = await spentIn(trx);
        const revoked = await revokedIn(trx);
        const { seq } = await trx.selectFrom('feed_head').select('seq').executeTakeFirstOrThrow();
        await emptyAt(trx, header.migration);
        const rows = await fill(trx, path);
        await migrate(trx);
        await atLeastAsSpent(trx, spent as Spent);
        await stayRevoked(trx, revoked);
        await tellEverybody(trx, seq, nowMs);
        if (postgres) await sql`select pg_notify(${CHANNEL}, '')`.execute(trx);
        return { rows, madeAt: header.madeAt };
      });
    } catch (error) {
      if (attempt === ATTEMPTS || (error as { code?: string }).code !== '40P01') throw error;
    }
  }
}

/** Nobody reads half of it. Whoever holds one of the tables and waits for another is told so by PostgreSQL: 40P01. */
async function lockAll(trx: Transaction<Tables>): Promise<void> {
  await sql`lock table ${sql.join(ALL_TABLES.map((table) => sql.table(table)))} in access exclusive mode`.execute(
    trx,
  );
}

async function tablesInUse(trx: Transaction<Tables>): Promise<string[]> {
  const held: string[] = [];
  for (const table of KEPT_TABLES) {
    const row = await trx.selectFrom(table).select(sql`1`.as('one')).limit(1).executeTakeFirst();
    if (row) held.push(table);
  }
  return held;
}

/** Makes the tables anew, as they were when the backup was made. */
async function emptyAt(trx: Transaction<Tables>, migration: string): Promise<void> {
  for (const table of ALL_TABLES) await trx.schema.dropTable(table).execute();
  await sql`delete from kysely_migration`.execute(trx);
  const { error } = await migratorOf(trx).migrateTo(migration);
  if (error) throw error;
}

async function fill(trx: Transaction<Tables>, path: string): Promise<number> {
  let total = 0;
  let into: { table: string; columns: string[] } | null = null;
  let waiting: Record<string, unknown>[] = [];
  const insert = async () => {
    if (into && waiting.length > 0) {
      await trx
        .insertInto(into.table as keyof Tables)
        .values(waiting as never)
        .execute();
    }
    waiting = [];
  };
  for await (const part of readBackupFile(path)) {
    if ('format' in part) continue;
    if ('table' in part) {
      await insert();
      into = part;
      continue;
    }
    if (into === null) throw new BackupError(`${path} is damaged: a row has no table. Use another backup.`);
    const { columns } = into;
    waiting.push(Object.fromEntries(columns.map((column, index) => [column, part.row[index] ?? null])));
    total += 1;
    if (waiting.length * columns.length >= MOST_VALUES) await insert();
  }
  await insert();
  return total;
}

/** An entry beyond a gap: whoever follows the feed, here or with the other database, reads everything anew. */
async function tellEverybody(trx: Transaction<Tables>, seqBefore: number, nowMs: number): Promise<void> {
  const { seq } = await trx.selectFrom('feed_head').select('seq').executeTakeFirstOrThrow();
  const next = Math.max(seq, seqBefore) + 2;
  await trx.deleteFrom('feed').execute();
  await trx.updateTable('feed_head').set({ seq: next }).execute();
  await trx.insertInto('feed').values({ seq: next, at: nowMs, kind: 'service', key: null }).execute();
}
