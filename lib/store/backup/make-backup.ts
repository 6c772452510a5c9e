import { existsSync } from 'node:fs';
import { makeBackupsPrivate } from '#lib/store/private-files.ts';
import { BackupError, type DatabasePlace, KEPT_TABLES, NEWEST_MIGRATION } from './contents.ts';
import { type BackupPart, writeBackupFile } from './file.ts';
import { type Snapshot, withSnapshot } from './snapshot.ts';

/** What was kept. */
export type MadeBackup = { rows: number; bytes: number };

/**
 * Writes everything that a desk knows, as it was at one moment, into one file that either engine can be filled from. The
 * desk goes on meanwhile. Rejects with BackupError where there is nothing to keep or a file of that name.
 *
 * @param nowMs milliseconds since the epoch, for the header
 */
export async function makeBackup(place: DatabasePlace, path: string, nowMs: number): Promise<MadeBackup> {
  makeBackupsPrivate(place.dataDir);
  if (existsSync(path)) throw new BackupError(`${path} is there already: name another file.`);
  return withSnapshot(place, async (snapshot) => {
    const migration = await snapshot.migration();
    if (migration !== NEWEST_MIGRATION) throw new BackupError(otherVersion(migration));
    const madeAt = new Date(nowMs).toISOString();
    const header = { format: 'rooms-desk backup', version: 1, migration, madeAt } as const;
    return writeBackupFile(path, header, partsOf(snapshot));
  });
}

function otherVersion(migration: string | null): string {
  if (migration === null) return 'The database is empty: no desk was ever started on it.';
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
