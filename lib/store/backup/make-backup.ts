import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import { recordIn } from '#lib/store/audit/audit-log.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { makeBackupsPrivate } from '#lib/store/engine/private-files.ts';
import { NEWEST_MIGRATION } from '#lib/store/migrations/migrations.ts';
import { isPreRelease, PRE_RELEASE_DATABASE } from '#lib/store/migrations/pre-release.ts';
import { commandEntry } from './audit-log.ts';
import { BackupError, KEPT_TABLES } from './contents.ts';
import { type BackupKeys, type BackupPart, writeBackupFile } from './file.ts';
import { type Snapshot, withSnapshot } from './snapshot.ts';
import { withDatabase } from './with-database.ts';

/** What was kept. */
export type MadeBackup = { rows: number; bytes: number };

/** `product` is the version that makes it, `nowMs` milliseconds since the epoch. */
export type BackupOptions = BackupKeys & { sealer: AuditSealer; product: string | null; nowMs: number };

/**
 * Writes everything that Rooms Desk knows, as it was at one moment, into one file that either engine can be filled from,
 * authenticated with a key made of AUTH_SECRET, and encrypted when there is a passphrase. The audit log is written first.
 * The server goes on meanwhile. Rejects with BackupError where there is nothing to keep or a file of that name.
 */
export async function makeBackup(
  place: DatabasePlace,
  path: string,
  { sealer, product, nowMs, ...keys }: BackupOptions,
): Promise<MadeBackup> {
  makeBackupsPrivate(place.dataDir);
  if (existsSync(path)) throw new BackupError(`${path} is there already: name another file.`);
  await withSnapshot(place, checkVersion);
  const how = keys.passphrase === null ? '' : ', encrypted';
  const entry = commandEntry('backed-up', `${basename(path)}${how}`, nowMs);
  await withDatabase(place, (db) => db.transaction().execute((trx) => recordIn(trx, [entry], sealer)));
  return withSnapshot(place, async (snapshot) => {
    const migration = await checkVersion(snapshot);
    const madeAt = new Date(nowMs).toISOString();
    const header = { format: 'rooms-desk backup', product, migration, madeAt } as const;
    return writeBackupFile(path, header, partsOf(snapshot), keys);
  });
}

async function checkVersion(snapshot: Snapshot): Promise<string> {
  const migration = await snapshot.migration();
  if (migration !== NEWEST_MIGRATION) throw new BackupError(otherVersion(migration));
  return migration;
}

function otherVersion(migration: string | null): string {
  if (migration === null) return 'The database is empty: no desk was ever started on it.';
  if (isPreRelease(migration)) return PRE_RELEASE_DATABASE;
  return migration > NEWEST_MIGRATION
    ? 'The database is of a newer version of Rooms Desk: make the backup with that one.'
    : 'The database is of an older version of Rooms Desk: start this one on it first.';
}

async function* partsOf(snapshot: Snapshot): AsyncGenerator<BackupPart> {
  for (const table of KEPT_TABLES) {
    const columns = await snapshot.columns(table);
    yield { table, columns };
    for await (const row of snapshot.rows(table, columns)) yield { row };
  }
}
