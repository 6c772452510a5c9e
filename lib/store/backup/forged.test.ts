import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NEWEST_MIGRATION } from '#lib/store/migrations/migrations.ts';
import { createKeyring } from '#lib/store/sealing/keyring.ts';
import type { Store } from '#lib/store/store.ts';
import { checkOf, entry, SEALER } from '#lib/testing/audit.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { KEYS, SECRET } from '#lib/testing/keys.ts';
import { reading } from '#lib/testing/reading.ts';
import { makeBackup } from './make-backup.ts';
import { type RestoreOptions, restoreBackup } from './restore-backup.ts';

const AT = Date.UTC(2026, 10, 25, 8);
const OTHER = 'another secret of tests, long enough too';
const REF = { by: 'deviceId', id: '1234' } as const;
const OPTIONS = { keyring: KEYS, sealer: SEALER, passphrase: null, product: '1.2.3', nowMs: AT };

const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-forged-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const freshFile = () => join(folder, `${++files}.jsonl.gz`);

type Line = object | unknown[];

const UNKNOWN_KEY = { version: 2, keyId: '00000000' };

/** A file with a correct hash, as anybody can create one. */
function forge(lines: Line[], header: object = UNKNOWN_KEY, trailer: object = {}): string {
  const first = {
    format: 'rooms-desk backup',
    migration: NEWEST_MIGRATION,
    madeAt: new Date(AT).toISOString(),
    ...header,
  };
  const text = [first, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  const sha256 = createHash('sha256').update(text).digest('hex');
  const end = { end: true, rows: lines.filter((line) => Array.isArray(line)).length, sha256, ...trailer };
  const path = freshFile();
  writeFileSync(path, gzipSync(`${text}${JSON.stringify(end)}\n`));
  return path;
}

const SESSION: Line[] = [
  {
    table: 'sessions',
    columns: ['hash', 'id', 'subject', 'claims', 'signed_in_at', 'used_at', 'ends_at', 'address'],
  },
  ['hash', 'one', 'demo:admin', '{"sub":"demo:admin"}', AT, AT, AT + 1e9, 'x'],
];
const PINS = { table: 'pins', columns: ['subject', 'kind', 'key', 'at'] };
const PIN = ['anna', 'device', '1', AT];

describe.each(ENGINES)('a backup of unknown origin on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });

  const restore = (path: string, more: Partial<RestoreOptions> = {}) =>
    restoreBackup(engine.place(), path, { ...OPTIONS, replace: true, unauthenticated: false, ...more });
  const backup = async (more: Partial<typeof OPTIONS> = {}) => {
    const path = freshFile();
    await makeBackup(engine.place(), path, { ...OPTIONS, ...more });
    return path;
  };
  const keyId = KEYS.keysFor('backups')[0]?.id;

  test('is refused although its hash is correct, and a session in it is never restored', async () => {
    for (const [header, trailer] of [
      [UNKNOWN_KEY, {}],
      [UNKNOWN_KEY, { mac: '0'.repeat(64) }],
      [{ version: 2 }, {}],
    ]) {
      const path = forge(SESSION, header, trailer);
      await expect(restore(path)).rejects.toThrow('--unauthenticated');
      await expect(restore(path, { unauthenticated: true })).rejects.toThrow(
        'a table that no backup has, "sessions"',
      );
    }
    for (const trailer of [{}, { mac: '0'.repeat(64) }, { mac: 'é'.repeat(64) }, { mac: 7 }]) {
      const path = forge([PINS, PIN], { version: 2, keyId }, trailer);
      // A known key proves that it is forged, so that no flag accepts it.
      for (const unauthenticated of [false, true]) {
        await expect(restore(path, { unauthenticated })).rejects.toThrow('not authentic');
      }
    }
    expect(await store.openSessions(null, AT)).toEqual([]);
    expect(await store.auditHead()).toBeNull();
  });

  test('is accepted on request, without a working token, and the audit log records it', async () => {
    const columns = 'secret_hash id name role creator creator_name claims created_at expires_at'.split(' ');
    const path = forge([
      { table: 'api_tokens', columns },
      ['h', 't', 'mine', 'admin', 'x', 'X', '{}', AT, AT + 1e9],
      PINS,
      PIN,
    ]);
    expect(await restore(path, { unauthenticated: true })).toMatchObject({ rows: 2, authenticated: false });
    expect(await store.tokens()).toMatchObject([{ id: 't', revokedAt: AT }]);
    const [restored] = await store.auditChain(0, 9);
    expect(restored).toMatchObject({
      action: 'restored',
      about: expect.stringContaining('; unauthenticated'),
    });
  });

  test('is accepted with every alert rule disabled, and no notification waits', async () => {
    const rule = { id: 'r', name: 'mine', on: true, which: { least: 'info' }, channelIds: ['c'] };
    const path = forge([
      { table: 'alert_rules', columns: ['id', 'body', 'created_at'] },
      ['r', JSON.stringify(rule), AT],
      ['s', JSON.stringify({ ...rule, id: 's' }), AT],
      {
        table: 'deliveries',
        columns: 'id channel_id channel incident_id notification state attempts created_at next_at'.split(
          ' ',
        ),
      },
      ['d', 'c', 'mine', 'i', '{}', 'waiting', 0, AT, AT],
      ['e', 'c', 'mine', 'i', '{}', 'sent', 1, AT, null],
    ]);
    await restore(path, { unauthenticated: true });
    expect(await store.alertRules()).toMatchObject([
      { ...rule, on: false },
      { id: 's', on: false },
    ]);
    const left = gunzipSync(readFileSync(await backup())).toString('utf8');
    expect(left).toContain('["e","c","mine"');
    expect(left).not.toContain('["d","c","mine"');
  });

  test.each([
    ['an unknown table', [{ ...PINS, table: 'nothing' }, PIN], 'a table that no backup has'],
    [
      'the list of migrations',
      [{ table: 'kysely_migration', columns: ['name', 'timestamp'] }, ['9', 'x']],
      'no backup has',
    ],
    ['the catalogue', [{ table: 'sqlite_master', columns: ['sql'] }, ['create trigger x']], 'no backup has'],
    ['SQL for a table', [{ ...PINS, table: 'pins"; drop table notes; --' }, PIN], 'no backup has'],
    ['leases', [{ table: 'leases', columns: ['name'] }, ['x']], 'no backup has'],
    [
      'an unknown column',
      [{ ...PINS, columns: ['subject', 'kind', 'key', 'sudo'] }, PIN],
      'has no column "sudo"',
    ],
    [
      'SQL for a column',
      [{ ...PINS, columns: ['subject', 'kind', 'key', 'at) values (1); --'] }, PIN],
      'has no column',
    ],
    ['a column twice', [{ ...PINS, columns: ['subject', 'kind', 'key', 'key'] }, PIN], 'twice'],
    ['a table twice', [PINS, PIN, PINS, PIN], 'twice'],
    ['a row that is too long', [PINS, [...PIN, 1]], 'other columns'],
    ['a row that is too short', [PINS, PIN.slice(1)], 'other columns'],
    ['a text for a number', [PINS, ['anna', 'device', '1', 'now']], 'pins.at is of another kind'],
    ['half a number', [PINS, ['anna', 'device', '1', 1.5]], 'another kind'],
    ['a number that is rounded', [PINS, ['anna', 'device', '1', 2 ** 60]], 'another kind'],
    ['an object for a text', [PINS, ['anna', { toString: 'x' }, '1', AT]], 'pins.kind is of another kind'],
    ['a number for a text', [PINS, [7, 'device', '1', AT]], 'pins.subject is of another kind'],
    ['a text without end', [PINS, ['a'.repeat(9 * 1024 ** 2), 'device', '1', AT]], 'another kind'],
  ])('is refused with %s, and nothing is changed', async (_, lines, why) => {
    await store.recordReading(REF, reading({ device: { castCode: '840217' } }));
    await expect(restore(forge(lines), { unauthenticated: true })).rejects.toThrow(why);
    expect((await store.latestReading(REF, { now: AT }))?.device.castCode).toBe('840217');
  });

  test('of another AUTH_SECRET is refused, accepted while that is an earlier one, and then readable', async () => {
    await store.recordReading(REF, reading({ device: { castCode: '840217' } }));
    const path = await backup();
    const keyring = createKeyring(OTHER);
    await expect(restore(path, { keyring })).rejects.toThrow('set it in AUTH_SECRET_PREVIOUS');
    const both = createKeyring(OTHER, [SECRET]);
    expect(await restore(path, { keyring: both })).toMatchObject({ authenticated: true, product: '1.2.3' });
    const rotated = await engine.open(both);
    expect((await rotated.latestReading(REF, { now: AT }))?.device.castCode).toBe('840217');
    await restore(path, { keyring, unauthenticated: true });
    const lost = await engine.open(keyring);
    expect((await lost.latestReading(REF, { now: AT }))?.device).toMatchObject({
      deviceId: '1234',
      castCode: null,
    });
  });

  test('with one changed value is refused, also with a matching hash', async () => {
    await store.recordReading(REF, reading({ device: { name: 'Room one' } }));
    const lines = gunzipSync(readFileSync(await backup()))
      .toString('utf8')
      .replaceAll('Room one', 'Room two')
      .split('\n');
    const [header, ...rest] = lines.slice(0, -2).map((line) => JSON.parse(line) as Line);
    const { mac } = JSON.parse(lines.at(-2) ?? '') as { mac: string };
    await expect(restore(forge(rest, header, { mac }))).rejects.toThrow('not authentic');
  });

  test('leaves audit entries from after it in the log, and the chain is valid', async () => {
    await store.recordAudit(entry({ about: 'before' }), SEALER);
    const path = await backup();
    await store.recordAudit(entry({ about: 'after' }), SEALER);
    await restore(path);
    const chain = await store.auditChain(0, 9);
    expect(chain.map(({ action, about }) => [action, about])).toEqual([
      ['looked-up', 'before'],
      ['backed-up', expect.stringContaining('.jsonl.gz')],
      ['looked-up', 'after'],
      ['restored', expect.stringMatching(/\.jsonl\.gz of 2026-11-25T08:00:00\.000Z, \d+ rows$/)],
    ]);
    expect(chain[3]?.who.name).not.toBe('');
    expect(await checkOf(store)).toMatchObject({ entries: 4, broken: null, keyChanges: [] });
  });

  test('names the log of another chain that it replaces', async () => {
    await store.recordAudit(entry(), SEALER);
    const path = await backup();
    await engine.fresh();
    store = await engine.open();
    for (let seq = 1; seq <= 5; seq += 1) await store.recordAudit(entry({ at: seq }), SEALER);
    const head = await store.auditHead();
    await restore(path);
    const last = (await store.auditChain(0, 9)).at(-1);
    expect(last).toMatchObject({
      seq: 3,
      about: expect.stringContaining(`ended with 5:${head?.hash.slice(0, 16)}`),
    });
    expect(await checkOf(store)).toMatchObject({ broken: null });
  });
});
