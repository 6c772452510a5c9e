import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PostgresServer } from '#lib/testing/databases/postgres-server.ts';
import { sharedPostgres } from '#lib/testing/databases/shared-postgres.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { KEPT_ENTRIES } from './engine/feed.ts';
import { openPostgresStore } from './postgres.ts';
import type { Store } from './store.ts';

const AT = Date.UTC(2026, 10, 24);
const charge = () => ({ id: randomUUID(), at: AT, purpose: 'look-up', api: 'a' }) as const;

/** A connection between the store and PostgreSQL that can be cut or fall silent. */
async function openWire(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'silent' = 'whole';
  const become = (next: typeof state) => {
    state = next;
  };
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (chunk) => void (state === 'silent' || other.write(chunk)));
      one.on('error', () => undefined);
      one.on('close', () => void other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    become('cut');
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.href,
    cut,
    silence: () => become('silent'),
    mend: () => become('whole'),
    close() {
      cut();
      server.close();
    },
  };
}

describe('the store on PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  const stores: Store[] = [];

  const open = async (at = url) => {
    const store = await openPostgresStore(at, KEYS);
    stores.push(store);
    return store;
  };

  beforeAll(async () => {
    server = await sharedPostgres();
  });

  beforeEach(async () => {
    url = await server.newDatabase();
  });

  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });

  afterAll(() => server.stop());

  const sessions = async (of = new URL(url).pathname.slice(1)) =>
    await server.query('select pid, query from pg_stat_activity where datname = $1', [of]);

  test('can be opened for the first time by several instances at once', async () => {
    const opened = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(opened.map((store) => store.announceService(1)));
    expect(await opened[0]?.feedHead()).toBe(4);
  });

  test('returns numbers as numbers', async () => {
    const store = await open();
    await store.announceService(Date.now());
    expect(typeof (await store.feedAfter(0, 1))?.[0]?.at).toBe('number');
    expect(await store.feedHead()).toBe(1);
  });

  test('instances wake each other, in their own database only', async () => {
    const [writer, reader] = [await open(), await open()];
    const stranger = await open(await server.newDatabase());
    const [listener, otherListener] = [vi.fn(), vi.fn()];
    reader.onFeed(listener);
    stranger.onFeed(otherListener);
    await writer.announceService(1);
    await vi.waitFor(() => expect(listener).toHaveBeenCalledOnce(), 1_000);
    await delay(100);
    expect(otherListener).not.toHaveBeenCalled();
  });

  test('listens again after the connection was ended, and reports what was missed', async () => {
    const [writer, reader] = [await open(), await open()];
    const listener = vi.fn();
    reader.onFeed(listener);
    const listening = (await sessions()).filter(({ query }) => /^(listen|select 1)/.test(String(query)));
    expect(listening).toHaveLength(2);
    for (const { pid } of listening) await server.query('select pg_terminate_backend($1)', [pid]);
    await writer.announceService(1);
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), 2_000);
    await delay(500);
    listener.mockClear();
    await writer.announceService(2);
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), 1_000);
  });

  test('fails queries while the database is lost, and answers them when it is back', async () => {
    const wire = await openWire(url);
    const store = await open(wire.url);
    const [other, listener] = [await open(), vi.fn()];
    await store.announceService(1);
    wire.cut();
    await delay(20);
    await expect(store.feedHead()).rejects.toThrow();
    await expect(store.chargeCall(charge(), 10)).rejects.toThrow();
    await other.announceService(2);
    store.onFeed(listener);
    wire.mend();
    expect(await store.feedHead()).toBe(2);
    expect(await store.chargeCall(charge(), 10)).toBe(true);
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), 3_000);
    await store.close();
    wire.close();
  });

  test('fails queries when sessions are ended during them, and keeps the process running', async () => {
    const store = await open();
    for (let round = 0; round < 5; round++) {
      const asked = Promise.allSettled(Array.from({ length: 20 }, () => store.chargeCall(charge(), 1e6)));
      await delay(round * 3);
      for (const { pid } of await sessions()) await server.query('select pg_terminate_backend($1)', [pid]);
      await asked;
    }
    await vi.waitFor(async () => expect(await store.chargeCall(charge(), 1e6)).toBe(true), 2_000);
  });

  test('can be closed although the database no longer answers', async () => {
    const wire = await openWire(url);
    const store = await openPostgresStore(wire.url, KEYS);
    await store.feedHead();
    wire.silence();
    const asked = store.feedHead().catch(() => 'failed');
    await delay(20);
    const begun = Date.now();
    await store.close();
    expect(Date.now() - begun, 'before a statement is given up').toBeLessThan(12_000);
    expect(await asked).toBe('failed');
    wire.close();
  });

  test('leaves no session behind when it is closed', async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 30 }, () => store.feedHead()));
    expect((await sessions()).length).toBeGreaterThan(2);
    await stores.pop()?.close();
    await vi.waitFor(async () => expect(await sessions()).toEqual([]), 1_000);
  });

  test('reports errors without the password', async () => {
    const wrong = [
      Object.assign(new URL(url), { password: 'canary-canary' }),
      Object.assign(new URL(url), { password: 'canary-canary', port: '1' }),
      Object.assign(new URL(url), { password: 'canary-canary', hostname: 'db.invalid' }),
    ];
    for (const address of wrong) {
      const error = await openPostgresStore(address.href, KEYS).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).toMatch(/^PostgreSQL cannot be reached: ./);
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('canary');
    }
  });

  test('reports an error during a query without the password', async () => {
    const store = await open();
    const error = await store.feedAfter(Number.NaN, 1).catch((thrown: unknown) => thrown);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(new URL(url).password);
  });

  test('keeps the newest entries of the feed, and reports a reader that is further behind', async () => {
    const store = await open();
    const at = new URL(url);
    await store.announceService(1);
    await store.close();
    stores.pop();
    const { default: pg } = await import('pg');
    const direct = new pg.Client(at.href);
    await direct.connect();
    // As after many entries, the next one being where old ones are removed.
    const head = KEPT_ENTRIES + 4_999;
    await direct.query(
      `insert into feed (seq, at, kind) select n, n, 'service' from generate_series(2, ${head}) n`,
    );
    await direct.query(`update feed_head set seq = ${head}`);
    await direct.end();
    const again = await open();
    await again.announceService(head + 1);
    expect(await again.feedHead()).toBe(head + 1);
    expect(await again.feedAfter(4_999, 1)).toBeNull();
    expect(await again.feedAfter(5_000, 1)).toMatchObject([{ seq: 5_001 }]);
    expect(await again.feedAfter(0, 1)).toBeNull();
    expect(await again.feedAfter(head, 5)).toMatchObject([{ seq: head + 1 }]);
  });
});
