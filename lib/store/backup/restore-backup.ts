import { basename } from 'node:path';
import { sql, type Transaction } from 'kysely';
import { type AuditSealer, replacedLog } from '#lib/store/audit/audit-chain.ts';
import { recordIn } from '#lib/store/audit/audit-log.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { CHANNEL } from '#lib/store/engine/postgres-listener.ts';
import { migrate, migratorOf } from '#lib/store/migrations/migrate.ts';
import { migrations } from '#lib/store/migrations/migrations.ts';
import type { Tables } from '#lib/store/schema.ts';
import { allowedTables, createContentCheck } from './allow-list.ts';
import { type ChainEnd, commandEntry, headIn, keepLater, laterThan } from './audit-log.ts';
import { ALL_TABLES, BackupError, KEPT_TABLES } from './contents.ts';
import { type BackupHeader, type BackupTrust, isKnownKey, readBackupFile } from './file.ts';
import { disarm, revokedIn, stayRevoked } from './revoked.ts';
import { atLeastAsSpent, type Spent, spentIn } from './spent.ts';
import { withDatabase } from './with-database.ts';

/** Values in one statement: SQLite takes 32,766 of them, PostgreSQL 65,535. */
const MOST_VALUES = 20_000;

/** How often a restore begins anew because it and a running desk waited for each other. */
const ATTEMPTS = 5;

/** What was brought back; `madeAt` is ISO 8601 UTC, `product` the version of Rooms Desk that made it. */
export type RestoredBackup = {
  rows: number;
  madeAt: string;
  product: string | null;
  /** Whether a key made of AUTH_SECRET vouched for it. */
  authenticated: boolean;
};

/** `replace`: also over what a database holds. `nowMs`: milliseconds since the epoch. */
export type RestoreOptions = BackupTrust & { replace: boolean; sealer: AuditSealer; nowMs: number };

/** What a file says before anything of it is taken. */
type Checked = BackupHeader & { auditEnd: ChainEnd | null; authenticated: boolean };

/**
 * Fills a database from a backup, whichever engine it came from, in one transaction: after a failure or a kill it is as it
 * was before. Running servers go on with what was restored. What was spent of a month is never less afterwards than before,
 * a token that was revoked stays so, and entries of the audit log from after the backup stay in it. No session is brought
 * back, and of an unauthenticated file no token that works, no rule that is on and no notification that waits to be sent.
 * Rejects with BackupError when the file is not whole, not authentic, of a newer version or holds what no backup does, and
 * without `replace` when the database holds anything.
 */
export async function restoreBackup(
  place: DatabasePlace,
  path: string,
  options: RestoreOptions,
): Promise<RestoredBackup> {
  const checked = await checkBackup(path, options);
  if (!Object.hasOwn(migrations, checked.migration)) {
    throw new BackupError(`${path} was made by a newer version of Rooms Desk: use that one.`);
  }
  return withDatabase(place, async (db) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db
          .transaction()
          .execute((trx) => insteadOf(trx, { postgres: place.databaseUrl !== null, path, checked, options }));
      } catch (error) {
        if (attempt === ATTEMPTS || (error as { code?: string }).code !== '40P01') throw error;
      }
    }
  });
}

/** Reads the file to its end, so that nothing is touched for one that is not whole or not authentic. */
async function checkBackup(path: string, options: RestoreOptions): Promise<Checked> {
  let header: BackupHeader | null = null;
  let auditEnd: ChainEnd | null = null;
  let columns: string[] | null = null;
  for await (const part of readBackupFile(path, options)) {
    if ('format' in part) header = part;
    else if ('table' in part) columns = part.table === 'audit_head' ? part.columns : null;
    else if (columns) {
      const [seq, hash] = [part.row[columns.indexOf('seq')], part.row[columns.indexOf('hash')]];
      auditEnd = { seq: Number(seq), hash: String(hash) };
    }
  }
  if (header === null) throw new BackupError(`${path} is not a backup of Rooms Desk.`);
  return { ...header, auditEnd, authenticated: isKnownKey(header, options) };
}

type Restoring = { postgres: boolean; path: string; checked: Checked; options: RestoreOptions };

async function insteadOf(trx: Transaction<Tables>, restoring: Restoring): Promise<RestoredBackup> {
  const { postgres, path, checked, options } = restoring;
  const { replace, nowMs, sealer } = options;
  if (postgres) await lockAll(trx);
  const held = await tablesInUse(trx);
  if (held.length > 0 && !replace) {
    throw new BackupError(
      `The database is not empty (${held.slice(0, 3).join(', ')}). To put the backup in its place: --replace.`,
    );
  }
  const spent = await spentIn(trx);
  const revoked = await revokedIn(trx);
  const [head, later] = [await headIn(trx), await laterThan(trx, checked.auditEnd)];
  const { seq } = await trx.selectFrom('feed_head').select('seq').executeTakeFirstOrThrow();
  await emptyAt(trx, checked.migration);
  const rows = await fill(trx, path, options);
  await migrate(trx);
  await atLeastAsSpent(trx, spent as Spent);
  await stayRevoked(trx, revoked);
  if (!checked.authenticated) await disarm(trx, nowMs);
  await keepLater(trx, later);
  const about = [
    `${basename(path)} of ${checked.madeAt}, ${rows} rows`,
    ...(checked.authenticated ? [] : ['unauthenticated']),
    ...(head && !later ? [replacedLog(head)] : []),
  ].join('; ');
  await recordIn(trx, [commandEntry('restored', about, nowMs)], sealer);
  await tellEverybody(trx, seq, nowMs);
  if (postgres) await sql`select pg_notify(${CHANNEL}, '')`.execute(trx);
  const { madeAt, product, authenticated } = checked;
  return { rows, madeAt, product, authenticated };
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

async function fill(trx: Transaction<Tables>, path: string, trust: BackupTrust): Promise<number> {
  const check = createContentCheck(await allowedTables(trx), path);
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
  for await (const part of readBackupFile(path, trust)) {
    if ('format' in part) continue;
    if ('table' in part) {
      await insert();
      check.table(part.table, part.columns);
      into = part;
      continue;
    }
    if (into === null) throw new BackupError(`${path} is damaged: a row has no table. Use another backup.`);
    waiting.push(check.row(into.table, into.columns, part.row));
    total += 1;
    if (waiting.length * into.columns.length >= MOST_VALUES) await insert();
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
