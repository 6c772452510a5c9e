import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RetentionPlace } from '#lib/domain/history/retention.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { NEWEST_MIGRATION } from '#lib/store/migrations/migrations.ts';
import type { Store } from '#lib/store/store.ts';
import { checkOf, entry, SEALER } from '#lib/testing/audit.ts';
import { changeDatabase } from '#lib/testing/databases/change-database.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { KEYS, SECRET } from '#lib/testing/keys.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { reading } from '#lib/testing/reading.ts';
import { type BackupPart, writeBackupFile } from './file.ts';
import { makeBackup } from './make-backup.ts';
import { type RestoreOptions, restoreBackup } from './restore-backup.ts';

const AT = Date.UTC(2026, 10, 25, 8);
const MONTH = '2026-11';
const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-backup-'));
const engines = new Map<string, TestEngine>();
const engineOf = (name: string) => engines.get(name) as TestEngine;

beforeAll(async () => {
  for (const { engine, start } of ENGINES) engines.set(engine, await start());
});
afterAll(async () => {
  for (const engine of engines.values()) await engine.stop();
  rmSync(folder, { recursive: true });
});

const OPTIONS = { keyring: KEYS, sealer: SEALER, passphrase: null, product: '1.2.3', nowMs: AT };

let files = 0;
const freshFile = () => join(folder, `${++files}.jsonl.gz`);

async function fill(store: Store): Promise<void> {
  await recordKnownWorld(store, AT);
  // What ends a line for some readers, what SQL quotes, what is no text to PostgreSQL.
  const raw = { said: 'a\u2028b\u2029c\n"\'\\ \u0000 大' };
  await store.recordReading(
    { by: 'deviceId', id: '1234' },
    reading({ observedAt: AT, device: { name: 'x\u2028y' }, raw }),
  );
  const device = { deviceId: '1234', unionId: 'lmvU' };
  const overrides = [{ field: 'firmware' as const, value: 'B' }];
  await store.recordEvent(
    { eventId: 'one', type: 'a_type', bornAt: AT + 5, body: { n: 1.5 } },
    { kind: 'properties', device, at: AT + 5, overrides, notUnderstood: [] },
    { transport: 'stream', at: AT + 6 },
  );
  await spend(store, 3);
  await store.recordAudit(entry({ at: AT, about: 'x\u2028y' }), SEALER);
  await store.recordAudit(entry({ at: AT }), SEALER);
}

async function spend(store: Store, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    const charge = { id: `call ${AT} ${call}`, at: AT, purpose: 'sweep' as const, api: 'device' };
    expect(await store.chargeCall(charge, 1_000)).toBe(true);
  }
}

const linesOf = (path: string) => gunzipSync(readFileSync(path)).toString('utf8').split('\n');

/** Every line but the first, the last and those of the audit log, which backups and restores add to, in an order of its own. */
function contents(path: string): string[] {
  let table = '';
  const kept = linesOf(path)
    .slice(1, -2)
    .filter((line) => {
      table = /^\{"table":"(\w+)"/.exec(line)?.[1] ?? table;
      return !table.startsWith('audit_');
    });
  return kept.sort();
}

const actions = async (store: Store) => (await store.auditChain(0, 99)).map(({ action }) => action);

async function backupOf(engine: TestEngine): Promise<string> {
  const path = freshFile();
  await makeBackup(engine.place(), path, OPTIONS);
  return path;
}

const restore = (engine: TestEngine, path: string, replace = false, more: Partial<RestoreOptions> = {}) =>
  restoreBackup(engine.place(), path, { ...OPTIONS, replace, unauthenticated: false, ...more });

const run = (script: string, args: string[], place: DatabasePlace, more: Record<string, string> = {}) =>
  promisify(execFile)(process.execPath, [`scripts/commands/${script}.mjs`, ...args], {
    env: {
      ...process.env,
      INIT_CWD: folder,
      NODE_OPTIONS: '',
      AUTH_SECRET: SECRET,
      AUTH_SECRET_PREVIOUS: '',
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.databaseUrl ?? '',
      ...more,
    },
  });

const pairs = ENGINES.flatMap((from) => ENGINES.map((to) => ({ from: from.engine, to: to.engine })));

describe.each(pairs)('a backup from $from on $to', ({ from, to }) => {
  test('restores everything, in an empty database and over another one', async () => {
    const [source, target] = [engineOf(from), engineOf(to)];
    await source.fresh();
    const store = await source.open();
    await fill(store);
    const made = await backupOf(source);
    expect(contents(made).length).toBeGreaterThan(40);
    expect(contents(made).some((line) => line.includes('x\u2028y'))).toBe(true);
    await store.close();

    await target.fresh();
    const restored = await restore(target, made);
    expect(restored.madeAt).toBe(new Date(AT).toISOString());
    expect(contents(await backupOf(target))).toEqual(contents(made));

    const running = await target.open();
    expect(await checkOf(running)).toMatchObject({ entries: 5, broken: null });
    expect((await actions(running)).slice(2)).toEqual(['backed-up', 'restored', 'backed-up']);
    await running.recordReading({ by: 'deviceId', id: '9' }, reading({ device: { deviceId: '9' } }));
    await expect(restore(target, made)).rejects.toThrow('--replace');
    expect(await running.devicesByKeys(['9'])).toHaveLength(1);
    await restore(target, made, true);
    expect(contents(await backupOf(target))).toEqual(contents(made));
    expect(await running.devicesByKeys(['9']), 'a desk that runs sees it').toHaveLength(0);
    expect((await running.devicesByKeys(['1234']))[0]).toMatchObject({ name: 'x\u2028y', firmware: 'B' });
  });
});

describe.each(ENGINES.map(({ engine }) => ({ engine })))('backups on $engine', ({ engine: name }) => {
  let engine: TestEngine;
  let store: Store;
  beforeEach(async () => {
    engine = engineOf(name);
    await engine.fresh();
    store = await engine.open();
  });

  test('are consistent while data is written', async () => {
    await fill(store);
    let stopped = false;
    const writing = (async () => {
      for (let step = 1; !stopped; step += 1) {
        const device = { deviceId: `new-${step}`, unionId: `union-new-${step}` };
        await store.recordReading({ by: 'deviceId', id: device.deviceId }, reading({ device }));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const made = [freshFile(), freshFile(), freshFile()];
    for (const path of made) {
      // Another process makes it on SQLite, where two connections of one process would wait for each other.
      if (store.manyInstances) await makeBackup(engine.place(), path, OPTIONS);
      else await run('backup', [path], engine.place());
    }
    stopped = true;
    await writing;
    for (const path of made) {
      await engine.fresh();
      await restore(engine, path);
      const restored = await engine.open();
      for (const { key } of await restored.devicesAfter(null, 500)) {
        const [row] = await restored.devicesByKeys([key]);
        const latest = await restored.latestReading({ by: 'deviceId', id: key }, { now: AT * 2 });
        expect([key, row?.observedAt ?? null]).toEqual([key, latest?.observedAt ?? null]);
      }
    }
  });

  test('make readers of the feed reload after a restore', async () => {
    await fill(store);
    const made = await backupOf(engine);
    const seen = await store.feedHead();
    await restore(engine, made, true);
    expect(await store.feedAfter(seen, 10)).toBeNull();
    const head = await store.feedHead();
    expect(head).toBeGreaterThan(seen);
    await store.announceService(AT);
    expect(await store.feedAfter(head, 10)).toMatchObject([{ kind: 'service' }]);
  });

  test('keep calls that were spent since', async () => {
    await fill(store);
    const made = await backupOf(engine);
    for (let call = 0; call < 4; call += 1) {
      await store.chargeCall({ id: `later ${call}`, at: AT, purpose: 'look-up', api: 'device' }, 1_000);
    }
    await restore(engine, made, true);
    const { total, byDay } = await store.spending(MONTH);
    expect(total).toBe(7);
    expect(JSON.stringify(byDay)).toContain('look-up');
  });

  test('keep a token revoked that was revoked since, and restore no session', async () => {
    const claims = { sub: 'anna', name: 'Anna' };
    for (const id of ['a', 'b']) {
      await store.addToken(`hash of ${id}`, {
        id,
        name: id,
        role: 'viewer',
        creator: { subject: 'anna', name: 'Anna', claims },
        createdAt: AT,
        expiresAt: AT + 1_000,
        usedAt: null,
        revokedAt: null,
      });
    }
    await store.beginSession('hash', {
      id: 'one',
      subject: 'anna',
      claims,
      address: 'x',
      agent: null,
      signedInAt: AT,
      usedAt: AT,
      endsAt: AT + 1_000,
    });
    const made = await backupOf(engine);
    expect(contents(made).join('\n')).not.toContain('"one"');
    await store.revokeTokens({ id: 'a' }, AT + 5);
    await restore(engine, made, true);
    const tokens = (await store.tokens()).map(({ id, revokedAt }) => [id, revokedAt]);
    expect(tokens).toEqual([
      ['a', AT + 5],
      ['b', null],
    ]);
    expect(await store.openSessions(null, AT)).toEqual([]);
  });

  test('keep a token revoked after months, as long as it had not expired', async () => {
    const [day, claims] = [24 * 3_600_000, { sub: 'anna', name: 'Anna' }];
    const now = AT + 200 * day;
    await store.addToken('hash', {
      id: 'a',
      name: 'a',
      role: 'admin',
      creator: { subject: 'anna', name: 'Anna', claims },
      createdAt: AT,
      expiresAt: AT + 365 * day,
      usedAt: null,
      revokedAt: null,
    });
    const made = await backupOf(engine);
    await store.revokeTokens({ id: 'a' }, AT + day);
    for (let place: RetentionPlace | null = null; ; ) {
      ({ next: place } = await store.deleteOld(place, now));
      if (place === null) break;
    }
    await restore(engine, made, true, { nowMs: now });
    expect(await store.goodAmong(['a'], now)).toEqual([]);
  });

  test('leave the database unchanged when a file cannot be restored', async () => {
    await fill(store);
    const before = contents(await backupOf(engine));
    const header = headerAt(NEWEST_MIGRATION);
    const pin = ['anna', 'device', '1', AT];
    const columns = ['subject', 'kind', 'key', 'at'];
    const twice = freshFile();
    await writeBackupFile(
      twice,
      header,
      parts([{ table: 'pins', columns }, { row: pin }, { row: pin }]),
      OPTIONS,
    );
    await expect(restore(engine, twice, true)).rejects.toThrow();
    const unknown = freshFile();
    await writeBackupFile(unknown, header, parts([{ table: 'nothing', columns }, { row: pin }]), OPTIONS);
    await expect(restore(engine, unknown, true)).rejects.toThrow();
    const newer = freshFile();
    await writeBackupFile(newer, headerAt('9999-later'), parts([]), OPTIONS);
    await expect(restore(engine, newer, true)).rejects.toThrow('newer version');
    expect(contents(await backupOf(engine))).toEqual(before);
  });

  test('leave tables of the same names in another schema unchanged', async () => {
    await fill(store);
    const made = await backupOf(engine);
    const place = engine.place();
    if (place.databaseUrl !== null) {
      await changeDatabase(
        place,
        'create schema reporting',
        'create table reporting.events (total text)',
        'create table reporting.pins (at text)',
        "insert into reporting.events values ('theirs')",
      );
    }
    await restore(engine, made, true);
    expect(contents(await backupOf(engine))).toEqual(contents(made));
  });

  test('of a version before the first release are refused', async () => {
    const path = freshFile();
    await writeBackupFile(path, headerAt('0028-digests'), parts([]), OPTIONS);
    for (const unauthenticated of [false, true]) {
      const restored = restore(engine, path, false, { unauthenticated });
      await expect(restored).rejects.toThrow(/before the first release .* cannot be restored/);
    }
  });
});

const headerAt = (migration: string) => ({
  format: 'rooms-desk backup' as const,
  product: null,
  migration,
  madeAt: '2026-11-25T08:00:00.000Z',
});

async function* parts(list: BackupPart[]): AsyncGenerator<BackupPart> {
  yield* list;
}

describe('a backup file', () => {
  let path: string;
  let engine: TestEngine;
  beforeAll(async () => {
    engine = engineOf('SQLite');
    await engine.fresh();
    await fill(await engine.open());
    path = await backupOf(engine);
    await engine.fresh();
  });

  test('is readable only by its owner, and nothing is left beside it', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('is not overwritten', async () => {
    await expect(makeBackup(engine.place(), path, OPTIONS)).rejects.toThrow('name another file');
  });

  test('that is cut off, altered or something else is refused before any change', async () => {
    const whole = readFileSync(path);
    const spoilt = freshFile();
    const isRefused = async (bytes: Buffer) => {
      writeFileSync(spoilt, bytes);
      await expect(restore(engine, spoilt)).rejects.toThrow(/damaged|not a backup|not authentic/);
    };
    const cut = fc.asyncProperty(fc.nat(whole.length - 1), (length) => isRefused(whole.subarray(0, length)));
    await fc.assert(cut, { numRuns: fuzzRuns(20, 5_000) });
    const lines = gunzipSync(whole).toString('utf8').split('\n');
    const altered = fc.asyncProperty(
      fc.integer({ min: 1, max: lines.length - 2 }),
      fc.constantFrom('removed', 'twice', 'other'),
      (at, how) => {
        const [before, line = '', after] = [lines.slice(0, at), lines[at], lines.slice(at + 1)];
        const put = { removed: [], twice: [line, line], other: [line.replace(/[a-z0-9]/, '#')] }[how];
        return isRefused(gzipSync([...before, ...put, ...after].join('\n')));
      },
    );
    await fc.assert(altered, { numRuns: fuzzRuns(20, 5_000) });
    await isRefused(gzipSync('{"some":"thing"}\n'));
    await isRefused(Buffer.from('no archive at all'));
    await expect(restore(engine, `${path}.nowhere`)).rejects.toThrow('There is no file');
    await expect(restore(engine, folder)).rejects.toThrow('is a folder');
  });
});

describe('the backup and restore commands', () => {
  test('back up a database and restore it elsewhere, and report what cannot be restored', async () => {
    const engine = engineOf('SQLite');
    await engine.fresh();
    const store = await engine.open();
    await fill(store);
    const made = await run('backup', ['kept.gz'], engine.place());
    expect(made.stdout).toMatch(/kept\.gz: \d+ rows/);
    const other = { databaseUrl: null, dataDir: join(folder, 'other') };
    expect((await run('restore', ['kept.gz'], other)).stdout).toMatch(/^Restored \d+ rows/);
    await expect(run('restore', ['kept.gz'], other)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--replace'),
    });
    expect((await run('restore', ['--replace', 'kept.gz'], other)).stdout).toMatch(/^Restored/);
    expect((await run('backup', [], other)).stdout).toContain(join(other.dataDir, 'backups'));
    await expect(run('backup', [], { ...other, dataDir: join(folder, 'nothing') })).rejects.toMatchObject({
      stderr: expect.stringContaining('DATA_DIR'),
    });
    await expect(run('restore', [], other)).rejects.toMatchObject({
      stderr: expect.stringContaining('Usage'),
    });
  });

  test('encrypt a file with a passphrase, need the server’s secret, and name the obstacle', async () => {
    const engine = engineOf('SQLite');
    await engine.fresh();
    await fill(await engine.open());
    const says = (text: string) => ({ code: 1, stderr: expect.stringContaining(text) });
    const BACKUP_PASSPHRASE = 'correct horse battery staple';
    await expect(run('backup', ['--encrypt', 'e.gz'], engine.place())).rejects.toMatchObject(
      says('BACKUP_PASSPHRASE'),
    );
    await expect(run('backup', ['e.gz'], engine.place(), { AUTH_SECRET: '' })).rejects.toMatchObject(
      says('AUTH_SECRET: missing'),
    );
    await run('backup', ['--encrypt', 'e.gz'], engine.place(), { BACKUP_PASSPHRASE });
    expect(readFileSync(join(folder, 'e.gz'), 'latin1')).toMatch(/^\{"format":"rooms-desk encrypted backup"/);
    const other = { databaseUrl: null, dataDir: join(folder, 'encrypted') };
    await expect(run('restore', ['e.gz'], other)).rejects.toMatchObject(says('is encrypted'));
    const AUTH_SECRET = 'another secret of tests, long enough too';
    const lost = { BACKUP_PASSPHRASE, AUTH_SECRET };
    await expect(run('restore', ['e.gz'], other, lost)).rejects.toMatchObject(says('another AUTH_SECRET'));
    expect((await run('restore', ['e.gz'], other, { BACKUP_PASSPHRASE })).stdout).toMatch(
      /rows of .*, version \d/,
    );
    const taken = await run('restore', ['--replace', '--unauthenticated', 'e.gz'], other, lost);
    expect(taken.stdout).toContain('Nothing vouches for this file');
  });
});
