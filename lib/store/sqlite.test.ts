import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEYS } from '#lib/testing/keys.ts';
import { openSqliteStore } from './sqlite.ts';

const AT = Date.UTC(2026, 10, 24);

/** Another process, which opens the folder and charges as many calls as it may. Answers how many those were. */
const CHARGING = `
  const { openSqliteStore } = await import('#lib/store/sqlite.ts');
  const { KEYS } = await import('#lib/testing/keys.ts');
  const store = await openSqliteStore(process.argv[1], KEYS);
  let allowed = 0;
  for (let times = 0; times < 60; times++) {
    const call = { id: process.pid + ' ' + times, at: ${AT}, purpose: 'look-up', api: 'a' };
    if (await store.chargeCall(call, 100)) allowed += 1;
    await store.takeLease('sweep', String(process.pid), 1000);
    await store.announceService(1);
  }
  await store.close();
  console.log(allowed);
`;

function charge(folder: string): Promise<number> {
  const flags = ['--conditions=react-server', '--input-type=module', '--eval', CHARGING, folder];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complaint = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve(Number(said)) : reject(new Error(complaint))));
  });
}

describe('the embedded database', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('can be opened for the first time by several processes at once, and none overwrites another', async () => {
    const allowed = await Promise.all([charge(folder), charge(folder), charge(folder), charge(folder)]);
    expect(allowed.reduce((sum, each) => sum + each, 0)).toBe(100);
    const store = await openSqliteStore(folder, KEYS);
    expect((await store.spending('2026-11')).total).toBe(100);
    expect(await store.feedHead()).toBe(240);
    await store.close();
  });

  test('keeps acknowledged data when the power fails', async () => {
    const store = await openSqliteStore(folder, KEYS);
    const file = new Sqlite(join(folder, 'rooms-desk.sqlite'), { readonly: true });
    expect(file.pragma('journal_mode', { simple: true })).toBe('wal');
    file.close();
    await store.close();
  });

  test('does not wait for a slot or a lease from before its clock was set back', async () => {
    const store = await openSqliteStore(folder, KEYS);
    await store.takePlace('a', 1, 0);
    await store.takeLease('sweep', 'a', 1_000);
    const file = new Sqlite(join(folder, 'rooms-desk.sqlite'));
    const DAY_MS = 86_400_000;
    file.exec(
      `update call_slots set next_at = next_at + ${DAY_MS}; update leases set until_at = until_at + ${DAY_MS}`,
    );
    file.close();
    expect(await store.takePlace('a', 1, 0)).toBe(0);
    expect(await store.takePlace('a', 1, 0)).toBeNull();
    expect(await store.takeLease('sweep', 'b', 1_000)).toEqual({ held: true, holder: 'b' });
    await store.close();
  });
});
