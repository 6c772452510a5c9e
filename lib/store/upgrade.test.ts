import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Dialect, Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reading } from '#lib/domain/devices/reading.ts';
import type { PostgresServer } from '#lib/testing/databases/postgres-server.ts';
import { sharedPostgres } from '#lib/testing/databases/shared-postgres.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { controller, reading } from '#lib/testing/reading.ts';
import { openPostgresStore } from './postgres.ts';
import { migrations, type Tables } from './schema.ts';
import { openSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

const MINUTE = 60_000;

/** A database as the first version left it: readings and nothing beside them. */
async function leaveOldDatabase(dialect: Dialect, rows: Tables['readings'][]): Promise<void> {
  const db = new Kysely<Tables>({ dialect });
  const first = { '0001-readings': migrations['0001-readings'] };
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => first },
  }).migrateToLatest();
  expect(error).toBeUndefined();
  // One transaction, and few enough rows a statement for SQLite's limit of values.
  await db.transaction().execute(async (trx) => {
    for (let at = 0; at < rows.length; at += 50) {
      await trx
        .insertInto('readings')
        .values(rows.slice(at, at + 50))
        .execute();
    }
  });
  await db.destroy();
}

let serial = 0;

function oldRow(deviceKey: string, given: Parameters<typeof reading>[0], asked: string | null = null) {
  const { device, raw, ...kept }: Reading = reading(given);
  return {
    id: `id-${serial++}`,
    device_key: deviceKey,
    union_id: device.unionId,
    asked_union_id: asked,
    observed_at: kept.observedAt,
    source: kept.source,
    operator_union_id: kept.operatorUnionId,
    device: JSON.stringify(device),
    raw: JSON.stringify(raw),
  };
}

function oldRows(): Tables['readings'][] {
  const panel = controller({ deviceId: '2345', serial: 'SN-P' });
  const at = (minutes: number, name: string) => ({
    observedAt: minutes * MINUTE,
    device: { name, controllers: [panel] },
  });
  const nameless = { deviceId: null, unionId: null };
  return [
    // Kept in another order than they were made, and more than are read at a time.
    oldRow('1234', at(30, 'new')),
    oldRow('1234', at(10, 'old')),
    oldRow('1234', at(20, 'old'), 'asked'),
    oldRow('77', { device: nameless }),
    oldRow('union uU', { device: nameless }, 'uU'),
    ...Array.from({ length: 521 }, (_, index) =>
      oldRow(`many ${index % 3}`, {
        observedAt: 1 + index * MINUTE,
        device: { deviceId: `many ${index % 3}` },
      }),
    ),
  ];
}

async function expectWhatWasKnown(store: Store): Promise<void> {
  expect((await store.devicesAfter(null, 99)).map((each) => each.key)).toEqual([
    '1234',
    '77',
    'many 0',
    'many 1',
    'many 2',
    'union uU',
  ]);
  expect(await store.devicesByKeys(['1234'])).toMatchObject([
    {
      name: 'new',
      observedAt: 30 * MINUTE,
      firstSeenAt: 10 * MINUTE,
      changedAt: 30 * MINUTE,
      stateSince: 10 * MINUTE,
    },
  ]);
  expect(await store.changes('1234', 9)).toMatchObject([
    { field: 'name', from: 'old', to: 'new', notBefore: 20 * MINUTE },
  ]);
  const marks = await store.statusMarks('1234', 0, 60 * MINUTE);
  expect(marks.map(({ at }) => at / MINUTE)).toEqual([10, 20, 30]);
  expect(await store.keyOf({ by: 'unionId', id: 'asked' })).toBe('1234');
  expect(await store.findIdentifiers({ kinds: ['serial'], values: ['sn-p'], limit: 9 })).toMatchObject([
    { deviceKey: '1234', controller: { deviceId: '2345' } },
  ]);
  const latest = await store.latestReading(
    { by: 'deviceId', id: 'many 1' },
    { now: Number.MAX_SAFE_INTEGER },
  );
  expect(latest?.observedAt).toBe(1 + 520 * MINUTE);
  expect(await store.devicesByKeys(['many 1'])).toMatchObject([{ observedAt: 1 + 520 * MINUTE }]);
  expect(await store.feedAfter(0, 9)).toEqual([]);
}

/** What an older build says of a database that a newer one has migrated. */
async function expectNewerIsNamed(dialect: () => Dialect, open: () => Promise<Store>) {
  await (await open()).close();
  const db = new Kysely<Tables>({ dialect: dialect() });
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', 'now')`.execute(db);
  await db.destroy();
  await expect(open()).rejects.toThrow(
    /^This database was written by a newer version of Rooms Desk: it has "9999-later", .* Install the version that wrote it, or restore a backup/,
  );
}

describe('a database', () => {
  let folder: string;
  let server: PostgresServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
    server = await sharedPostgres();
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test('of the first version keeps what is known on SQLite', async () => {
    const database = new Sqlite(join(folder, 'rooms-desk.sqlite'));
    await leaveOldDatabase(new SqliteDialect({ database }), oldRows());
    for (const _ of ['upgraded', 'opened again']) {
      const store = await openSqliteStore(folder, KEYS);
      await expectWhatWasKnown(store);
      await store.close();
    }
  });

  test('of the first version keeps what is known on PostgreSQL', async () => {
    const url = await server.newDatabase();
    await leaveOldDatabase(new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }), oldRows());
    const store = await openPostgresStore(url, KEYS);
    await expectWhatWasKnown(store);
    await store.close();
  });

  test('of a newer version is called that on SQLite', async () => {
    const newer = join(folder, 'newer');
    const dialect = () => new SqliteDialect({ database: new Sqlite(join(newer, 'rooms-desk.sqlite')) });
    await expectNewerIsNamed(dialect, () => openSqliteStore(newer, KEYS));
  });

  test('of a newer version is called that on PostgreSQL', async () => {
    const url = await server.newDatabase();
    const dialect = () => new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) });
    await expectNewerIsNamed(dialect, () => openPostgresStore(url, KEYS));
  });
});
