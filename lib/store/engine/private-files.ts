import 'server-only';
import { chmodSync, closeSync, existsSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';

/** The file of the embedded database, in `DATA_DIR`. */
export const SQLITE_FILE = 'rooms-desk.sqlite';

/** Where `npm run backup` writes unless another place is named, in `DATA_DIR`. */
export const BACKUP_FOLDER = 'backups';

/** Read and write for the owner; nothing for anyone else. */
const PRIVATE = 0o600;
/** Any right of the group or of others. */
const OTHERS = 0o077;

/** A file or folder with its permissions; `uid` is its owner. */
export type SeenFile = { path: string; isFolder: boolean; mode: number; uid: number };

/** SQLite keeps changes in files beside the database, and gives those the mode that the database has. */
const databaseFiles = (dataDir: string) =>
  ['', '-wal', '-shm', '-journal'].map((ending) => join(dataDir, `${SQLITE_FILE}${ending}`));

/** Makes the database file before SQLite would, which leaves its mode to the umask, and closes existing ones to others. */
export function makeDatabasePrivate(dataDir: string): void {
  const path = join(dataDir, SQLITE_FILE);
  if (!existsSync(path)) closeSync(openSync(path, 'a', PRIVATE));
  for (const each of databaseFiles(dataDir)) makePrivate(each);
}

/** Closes the backups in the usual folder to others. */
export function makeBackupsPrivate(dataDir: string): void {
  for (const path of filesIn(join(dataDir, BACKUP_FOLDER))) makePrivate(path);
}

/** A file of another user, or on a file system without modes, stays as it is: the health check names it. */
function makePrivate(path: string): void {
  try {
    if (isOpenToOthers(statSync(path))) chmodSync(path, PRIVATE);
  } catch {
    // Not there, or not ours.
  }
}

/** What Rooms Desk keeps on this machine, as far as it exists: the data folder, the database and the backups. */
export function keptFiles({ databaseUrl, dataDir }: DatabasePlace): SeenFile[] {
  const backups = join(dataDir, BACKUP_FOLDER);
  const embedded = databaseUrl === null ? [dataDir, ...databaseFiles(dataDir)] : [];
  return seenFiles([...embedded, backups, ...filesIn(backups)]);
}

/** These files with their permissions; those that do not exist or cannot be looked at are left out. */
export function seenFiles(paths: readonly string[]): SeenFile[] {
  return paths.flatMap((path) => {
    try {
      const found = statSync(path);
      return [{ path, isFolder: found.isDirectory(), mode: found.mode & 0o777, uid: found.uid }];
    } catch {
      return [];
    }
  });
}

export const isOpenToOthers = ({ mode }: { mode: number }): boolean => (mode & OTHERS) !== 0;

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}
