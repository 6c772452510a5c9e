import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccessFact, Actor } from '#lib/domain/access/access.ts';
import { SESSION_IDLE_MS, SESSION_LONGEST_MS } from '#lib/domain/access/session.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';
import { movingClock } from '#lib/testing/clocks/moving-clock.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { type Access, createAccess } from './access.ts';
import { MAX_SESSIONS } from './sessions.ts';

const HOUR = 3_600_000;
const from = { address: '192.0.2.7', agent: 'curl/8', requestId: 'r', replaces: undefined };
const anna = { sub: 'demo:support', name: 'Anna', unionId: null, role: 'support' as const };

let folder: string;
let store: Store;
let clock: ReturnType<typeof movingClock>;
let access: Access;
let facts: (AccessFact & { by: Actor })[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  store = await openSqliteStore(folder, KEYS);
  clock = movingClock();
  facts = [];
  access = accessOn(store);
});
afterEach(async () => {
  access.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

function accessOn(where: Store): Access {
  return createAccess({
    store: where,
    clock,
    warn: () => undefined,
    refreshClaims: null,
    directory: { employee: () => Promise.reject(new Error('no employment check expected')) },
    operatorOf: (claims) => {
      const { sub, name, role } = claims as typeof anna;
      return sub === 'demo:gone' ? null : { subject: sub, name, role, unionId: null };
    },
    onFact: async (fact, by) => void facts.push({ ...fact, by }),
  });
}

describe('a session', () => {
  test('above the limit of a person ends the least recently used one, and reports it', async () => {
    const secrets: string[] = [];
    for (let at = 0; at <= MAX_SESSIONS; at++) {
      secrets.push(await access.sessions.begin(anna, from));
      clock.move(1_000);
    }
    const others = await access.sessions.begin({ ...anna, sub: 'demo:viewer' }, from);
    expect(await store.openSessions(anna.sub, clock.now())).toHaveLength(MAX_SESSIONS);
    expect(await access.sessions.open(secrets[0] ?? '')).toBeNull();
    for (const secret of [secrets[1], secrets.at(-1), others]) {
      expect(await access.sessions.open(secret ?? '')).not.toBeNull();
    }
    const ended = facts.filter(({ what }) => what === 'sessions-ended');
    expect(ended).toEqual([expect.objectContaining({ subject: anna.sub, sessionIds: [expect.any(String)] })]);
  });

  test('opens only with its secret, which is new each time and not stored', async () => {
    const [one, two] = [await access.sessions.begin(anna, from), await access.sessions.begin(anna, from)];
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one).not.toBe(two);
    const opened = await access.sessions.open(one);
    expect(opened).toMatchObject({ by: 'session', operator: { subject: 'demo:support', role: 'support' } });
    const kept = JSON.stringify(await store.openSessions(null, clock.now()));
    expect(kept).not.toContain(one);
    expect(opened?.id).not.toBe(one);
    for (const guess of [
      '',
      'x',
      `${one.slice(0, 42)}${one.endsWith('A') ? 'B' : 'A'}`,
      opened?.id ?? '',
      'a.b.c',
    ]) {
      expect(await access.sessions.open(guess), guess).toBeNull();
    }
  });

  test('ends immediately in its own process, and within a second in another one', async () => {
    const other = accessOn(store);
    const secret = await access.sessions.begin(anna, from);
    const opened = await access.sessions.open(secret);
    expect(await other.sessions.open(secret)).not.toBeNull();
    await access.sessions.end({ id: opened?.id ?? '' });
    expect(await access.sessions.open(secret)).toBeNull();
    clock.pass(1_050);
    expect(await other.sessions.open(secret)).toBeNull();
  });

  test('ends after twelve hours without use, and not while it is used', async () => {
    const secret = await access.sessions.begin(anna, from);
    for (let hour = 0; hour < 33; hour += 11) {
      clock.move(11 * HOUR);
      // Believed for a second of the machine's own time, whatever the time of day.
      access = accessOn(store);
      expect(await access.sessions.open(secret), `after ${hour + 11} hours`).not.toBeNull();
    }
    clock.move(SESSION_IDLE_MS);
    expect(await access.sessions.open(secret)).toBeNull();
    expect(await accessOn(store).sessions.open(secret)).toBeNull();
  });

  test('ends after a week regardless of use', async () => {
    const secret = await access.sessions.begin(anna, from);
    for (let part = 0; part < 27; part += 1) {
      clock.move(SESSION_LONGEST_MS / 28);
      expect(await accessOn(store).sessions.open(secret)).not.toBeNull();
    }
    clock.move(SESSION_LONGEST_MS / 28);
    expect(await access.sessions.open(secret)).toBeNull();
  });

  test('is written at most once a minute however often it is used', async () => {
    const secret = await access.sessions.begin(anna, from);
    const begun = clock.now();
    const usedAt = async () => (await store.openSessions(null, clock.now()))[0]?.usedAt ?? 0;
    clock.move(59_000);
    await accessOn(store).sessions.open(secret);
    expect((await usedAt()) - begun).toBeLessThan(1_000);
    clock.move(1_000);
    await accessOn(store).sessions.open(secret);
    await expect.poll(usedAt).toBeGreaterThanOrEqual(begun + 60_000);
  });

  test('replaces the one the browser had, and leaves others alone', async () => {
    const [old, elsewhere] = [
      await access.sessions.begin(anna, from),
      await access.sessions.begin(anna, from),
    ];
    const fresh = await access.sessions.begin(anna, { ...from, replaces: old });
    expect(await access.sessions.open(old)).toBeNull();
    expect(await access.sessions.open(elsewhere)).not.toBeNull();
    expect(await access.sessions.open(fresh)).not.toBeNull();
  });

  test('of a person whom the configuration no longer admits opens nothing', async () => {
    const secret = await access.sessions.begin({ ...anna, sub: 'demo:gone' }, from);
    expect(await access.sessions.open(secret)).toBeNull();
  });

  test('cannot be distinguished from none when the store is gone: that is an error', async () => {
    const secret = await access.sessions.begin(anna, from);
    await store.close();
    await expect((async () => access.sessions.open(secret))()).rejects.toThrow();
    store = await openSqliteStore(folder, KEYS);
  });

  test('is audited with its person and address', async () => {
    const secret = await access.sessions.begin(anna, from);
    const id = (await access.sessions.open(secret))?.id;
    await access.sessions.signOut(secret, from);
    expect(await access.sessions.open(secret)).toBeNull();
    const by = {
      subject: 'demo:support',
      name: 'Anna',
      role: 'support',
      address: '192.0.2.7',
      requestId: 'r',
    };
    expect(facts).toEqual([
      { what: 'signed-in', sessionId: id, by },
      { what: 'signed-out', sessionId: id, by },
    ]);
    await access.sessions.signOut(secret, from);
    expect(facts, 'signing out again is not audited').toHaveLength(2);
  });
});

test('is not started when it cannot be audited', async () => {
  const other = createAccess({
    store,
    clock,
    warn: () => undefined,
    refreshClaims: null,
    directory: { employee: async () => null },
    operatorOf: () => ({ subject: 'a', name: 'a', role: 'viewer', unionId: null }),
    onFact: () => Promise.reject(new Error('no account')),
  });
  await expect(other.sessions.begin(anna, from)).rejects.toThrow('no account');
  expect(await store.openSessions(null, clock.now())).toEqual([]);
});

describe('an open connection', () => {
  test('is notified once when its session ends: at once here, within two seconds from elsewhere', async () => {
    const other = accessOn(store);
    const ended: string[] = [];
    const ids = await Promise.all(
      ['here', 'there', 'stays'].map(async (name) => {
        const id = (await access.sessions.open(await access.sessions.begin(anna, from)))?.id ?? '';
        other.sessions.watch(id, () => ended.push(name));
        return id;
      }),
    );
    await other.sessions.end({ id: ids[0] ?? '' });
    expect(ended).toEqual(['here']);
    await access.sessions.end({ id: ids[1] ?? '' });
    await expect.poll(() => ended).toEqual(['here', 'there']);
    other.close();
  });

  test('is notified when its session expires, and not after it closed', async () => {
    const ended: string[] = [];
    const id = (await access.sessions.open(await access.sessions.begin(anna, from)))?.id ?? '';
    access.sessions.watch(id, () => ended.push('stays'));
    access.sessions.watch(id, () => ended.push('goes'))();
    clock.move(SESSION_IDLE_MS);
    await expect.poll(() => ended).toEqual(['stays']);
  });
});

test('and a page’s many requests cause one read of the store', async () => {
  let asked = 0;
  const counting: Store = {
    ...store,
    sessionBySecret: (hash) => {
      asked += 1;
      return store.sessionBySecret(hash);
    },
  };
  const other = accessOn(counting);
  const secret = await access.sessions.begin(anna, from);
  await Promise.all(Array.from({ length: 50 }, () => other.sessions.open(secret)));
  expect(asked).toBe(1);
  expect(other.sessions.open(secret), 'without a promise').toMatchObject({ by: 'session' });
});
