import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SESSION_IDLE_MS, SESSION_LONGEST_MS, type Session } from '#lib/domain/access/session.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';

const NOW = Date.UTC(2026, 10, 25, 8);
const HOUR = 3_600_000;

const session = (id: string, given: Partial<Session> = {}): Session => ({
  id,
  subject: 'anna',
  claims: { sub: 'anna', name: '安娜' },
  address: '192.0.2.7',
  agent: 'curl/8',
  signedInAt: NOW,
  usedAt: NOW,
  endsAt: NOW + SESSION_LONGEST_MS,
  ...given,
});

describe.each(ENGINES)('sessions on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  });
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });
  afterAll(() => engine.stop());

  const idsOf = async (subject: string | null, now = NOW) =>
    (await store.openSessions(subject, now)).map(({ id }) => id);

  test('finds a session by the hash of its secret and by its name, as it was started', async () => {
    const begun = session('one', { claims: { sub: 'anna', overrides: { roles: ['x'] } }, agent: null });
    await store.beginSession('hash of one', begun);
    expect(await store.sessionBySecret('hash of one')).toEqual(begun);
    expect(await store.sessionById('one')).toEqual(begun);
    expect(await store.sessionBySecret('one')).toBeNull();
    expect(await store.sessionById('hash of one')).toBeNull();
  });

  test('refuses a secret of another session', async () => {
    await store.beginSession('hash', session('one'));
    await expect(store.beginSession('hash', session('two'))).rejects.toThrow();
  });

  test('finds no ended session, here and in other instances', async () => {
    const other = await instanceBeside(engine, store);
    await store.beginSession('hash', session('one'));
    expect(await other.sessionBySecret('hash')).not.toBeNull();
    expect(await store.endSessions({ id: 'one' }, NOW)).toEqual(['one']);
    expect(await other.endSessions({ id: 'one' }, NOW), 'once').toEqual([]);
    expect(await other.sessionBySecret('hash')).toBeNull();
    expect(await other.sessionById('one')).toBeNull();
    expect(await idsOf(null)).toEqual([]);
    expect(await other.openAmong(['one'], NOW)).toEqual([]);
  });

  test('ends those of a person, all but one, or all, and no others', async () => {
    for (const id of ['one', 'two', 'three']) await store.beginSession(id, session(id));
    await store.beginSession('ben', session('of ben', { subject: 'ben' }));
    expect(await store.endSessions({ id: 'of ben', subject: 'anna' }, NOW), 'not hers').toEqual([]);
    const ended = await store.endSessions({ subject: 'anna', except: 'two' }, NOW);
    expect(ended.sort()).toEqual(['one', 'three']);
    expect((await idsOf(null)).sort()).toEqual(['of ben', 'two']);
    expect((await store.endSessions({}, NOW)).sort()).toEqual(['of ben', 'two']);
  });

  test('lists the last used first, and none that has expired', async () => {
    await store.beginSession('a', session('idle', { usedAt: NOW - SESSION_IDLE_MS }));
    await store.beginSession('b', session('at its end', { endsAt: NOW }));
    await store.beginSession('c', session('lately', { usedAt: NOW - 1 }));
    await store.beginSession('d', session('long ago', { usedAt: NOW - SESSION_IDLE_MS + 1 }));
    await store.beginSession('e', session('of ben', { subject: 'ben', usedAt: NOW - HOUR }));
    expect(await idsOf('anna')).toEqual(['lately', 'long ago']);
    expect(await idsOf(null)).toEqual(['lately', 'of ben', 'long ago']);
    const all = [
      'idle',
      'at its end',
      'lately',
      'nobody’s',
      ...Array.from({ length: 1_200 }, (_, n) => `${n}`),
    ];
    expect(await store.openAmong(all, NOW)).toEqual(['lately']);
  });

  test('records use, and never an earlier time', async () => {
    await store.beginSession('hash', session('one'));
    await store.noteSessionUse('one', NOW + 60_000);
    await store.noteSessionUse('one', NOW + 30_000);
    expect((await store.sessionById('one'))?.usedAt).toBe(NOW + 60_000);
  });

  test('updates a person’s claims in all their sessions and tokens', async () => {
    await store.beginSession('a', session('one'));
    await store.beginSession('b', session('of ben', { subject: 'ben' }));
    await store.addToken('hash', {
      id: 'token',
      name: 't',
      role: 'viewer',
      creator: { subject: 'anna', name: 'Anna', claims: {} },
      createdAt: NOW,
      expiresAt: NOW + HOUR,
      usedAt: null,
      revokedAt: null,
    });
    await store.refreshClaims('anna', { sub: 'anna', overrides: 1 });
    expect((await store.sessionById('one'))?.claims).toEqual({ sub: 'anna', overrides: 1 });
    expect((await store.sessionById('of ben'))?.claims).toEqual({ sub: 'anna', name: '安娜' });
    expect((await store.tokenById('token'))?.token.creator.claims).toEqual({ sub: 'anna', overrides: 1 });
  });

  test('accepts the state of a sign-in once, in one of all instances, and deletes it after an hour', async () => {
    const other = await instanceBeside(engine, store);
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, at) => (at % 2 ? store : other).spendSignInState('state', NOW)),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await store.spendSignInState('another', NOW)).toBe(true);
    expect(await other.spendSignInState('state', NOW + HOUR)).toBe(false);
    expect(await other.spendSignInState('state', NOW + 2 * HOUR)).toBe(true);
  });

  test('lets one of all instances check a person, once in an interval', async () => {
    const other = await instanceBeside(engine, store);
    const all = await Promise.all(
      [store, other, store, other].map((each) => each.takePersonCheck('anna', NOW, HOUR)),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await store.takePersonCheck('anna', NOW + HOUR - 1, HOUR)).toBe(false);
    expect(await store.takePersonCheck('ben', NOW, HOUR)).toBe(true);
    expect(await other.takePersonCheck('anna', NOW + HOUR, HOUR)).toBe(true);
    await store.notePersonCheck('anna', NOW);
    expect(await store.takePersonCheck('anna', NOW + HOUR, HOUR), 'put back').toBe(true);
    expect(await store.takePersonCheck('anna', NOW - HOUR, HOUR), 'the clock was set back').toBe(true);
  });

  test('stores text that databases reject', async () => {
    const odd = session('one', { subject: "a'; --", address: '\u0000x', agent: '\ud800 y' });
    await store.beginSession('hash', odd);
    expect((await store.sessionBySecret('hash'))?.subject).toBe("a'; --");
    expect(await store.sessionById('\u0000')).toBeNull();
  });
});
