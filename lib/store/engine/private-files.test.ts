import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBackup } from '#lib/store/backup/make-backup.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import { SEALER } from '#lib/testing/audit.ts';
import { KEYS } from '#lib/testing/keys.ts';

let dataDir: string;
let umask: number;
const mode = (...path: string[]) => (statSync(join(dataDir, ...path)).mode & 0o777).toString(8);

beforeEach(() => {
  umask = process.umask(0o022);
  dataDir = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  chmodSync(dataDir, 0o755);
});
afterEach(() => {
  process.umask(umask);
  rmSync(dataDir, { recursive: true });
});

const FILES = ['rooms-desk.sqlite', 'rooms-desk.sqlite-wal', 'rooms-desk.sqlite-shm'];

test('the database and its log are readable only by their owner, also in a shared folder', async () => {
  const store = await openSqliteStore(dataDir, KEYS);
  expect(FILES.map((name) => mode(name))).toEqual(['600', '600', '600']);
  await store.close();
});

test('opening the database closes files with wider permissions to others', async () => {
  const left = await openSqliteStore(dataDir, KEYS);
  for (const name of FILES) chmodSync(join(dataDir, name), 0o644);
  const store = await openSqliteStore(dataDir, KEYS);
  expect(FILES.map((name) => mode(name))).toEqual(['600', '600', '600']);
  await left.close();
  await store.close();
});

test('a new folder is accessible only to its owner', async () => {
  const made = join(dataDir, 'made', 'here');
  await (await openSqliteStore(made, KEYS)).close();
  expect([mode('made'), mode('made', 'here')]).toEqual(['700', '700']);
});

test('backups are readable only by their owner, older ones too', async () => {
  await (await openSqliteStore(dataDir, KEYS)).close();
  mkdirSync(join(dataDir, 'backups'));
  writeFileSync(join(dataDir, 'backups', 'older.jsonl.gz'), '', { mode: 0o644 });
  await makeBackup({ databaseUrl: null, dataDir }, join(dataDir, 'backups', 'new.jsonl.gz'), {
    keyring: KEYS,
    sealer: SEALER,
    passphrase: null,
    product: null,
    nowMs: 0,
  });
  expect([mode('backups', 'older.jsonl.gz'), mode('backups', 'new.jsonl.gz')]).toEqual(['600', '600']);
});
