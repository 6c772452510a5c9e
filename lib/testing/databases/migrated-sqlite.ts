import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQLITE_FILE } from '#lib/store/engine/private-files.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import { KEYS } from '#lib/testing/keys.ts';

let template: Promise<Buffer> | undefined;

/** Puts a database with all tables and no rows into a new folder. Copying one is seven times as quick as migrating. */
export async function placeMigratedSqlite(dataDir: string): Promise<void> {
  template ??= makeTemplate();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, SQLITE_FILE), await template, { mode: 0o600 });
}

async function makeTemplate(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-template-'));
  try {
    await (await openSqliteStore(folder, KEYS)).close();
    return readFileSync(join(folder, SQLITE_FILE));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
