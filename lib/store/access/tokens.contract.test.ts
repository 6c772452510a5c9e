import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiToken } from '#lib/domain/access/api-token.ts';
import { SESSION_LONGEST_MS } from '#lib/domain/access/session.ts';
import { RETENTION_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 25, 8);

const token = (id: string, given: Partial<ApiToken> = {}): ApiToken => ({
  id,
  name: `Script ${id}`,
  role: 'viewer',
  createdAt: NOW,
  expiresAt: NOW + DAY,
  usedAt: null,
  creator: { subject: 'anna', name: '安娜', claims: { sub: 'anna' } },
  revokedAt: null,
  ...given,
});

describe.each(ENGINES)('API tokens on $engine', ({ start }) => {
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

  test('finds a token by its public part, with its hash, as it was created', async () => {
    await store.addToken('hash', token('a'));
    expect(await store.tokenById('a')).toEqual({ token: token('a'), secretHash: 'hash' });
    expect(await store.tokenById('A')).toBeNull();
    await expect(store.addToken('other', token('a'))).rejects.toThrow();
  });

  test('lists tokens newest first, including revoked and expired ones', async () => {
    await store.addToken('1', token('old', { createdAt: NOW - DAY, expiresAt: NOW }));
    await store.addToken('2', token('new'));
    await store.revokeTokens({ id: 'new' }, NOW + 1);
    expect((await store.tokens()).map(({ id, revokedAt }) => [id, revokedAt])).toEqual([
      ['new', NOW + 1],
      ['old', null],
    ]);
  });

  test('revokes one token, or all of a person, each once', async () => {
    const other = await instanceBeside(engine, store);
    for (const id of ['a', 'b', 'c']) await store.addToken(id, token(id));
    await store.addToken('d', token('d', { creator: { subject: 'ben', name: 'Ben', claims: {} } }));
    expect(await store.revokeTokens({ id: 'a' }, NOW)).toEqual(['a']);
    expect(await other.revokeTokens({ id: 'a' }, NOW + 5)).toEqual([]);
    expect((await other.tokenById('a'))?.token.revokedAt).toBe(NOW);
    expect((await other.revokeTokens({ creator: 'anna' }, NOW)).sort()).toEqual(['b', 'c']);
    expect(await store.goodAmong(['a', 'b', 'c', 'd', 'e'], NOW)).toEqual(['d']);
    expect(await store.goodAmong(['d'], NOW + DAY), 'expired').toEqual([]);
  });

  test('records use, and never an earlier time', async () => {
    await store.addToken('hash', token('a'));
    await store.noteTokenUse('a', NOW + 60_000);
    await store.noteTokenUse('a', NOW + 30_000);
    expect((await store.tokenById('a'))?.token.usedAt).toBe(NOW + 60_000);
  });

  test('deletes tokens that expired long ago; a revoked token stays until then', async () => {
    const cut = NOW - RETENTION_MS.endedAccess;
    await store.addToken('1', token('expired', { expiresAt: cut - 1 }));
    await store.addToken('2', token('revoked', { expiresAt: NOW + DAY, revokedAt: cut - 1 }));
    await store.addToken('5', token('revoked, expired', { expiresAt: cut - 1, revokedAt: cut - DAY }));
    await store.addToken('3', token('lately', { expiresAt: cut }));
    await store.addToken('4', token('good', { createdAt: cut - DAY, expiresAt: NOW + DAY }));
    const sessions = { old: cut - 1, late: cut, open: NOW + DAY };
    for (const [id, endsAt] of Object.entries(sessions)) {
      await store.beginSession(id, {
        id,
        subject: 'anna',
        claims: {},
        address: 'x',
        agent: null,
        endsAt,
        signedInAt: endsAt - SESSION_LONGEST_MS,
        usedAt: NOW,
      });
    }
    for (let place: RetentionPlace | null = null, steps = 0; ; steps += 1) {
      ({ next: place } = await store.deleteOld(place, NOW));
      if (place === null) break;
      expect(steps).toBeLessThan(100);
    }
    expect((await store.tokens()).map(({ id }) => id).sort()).toEqual(['good', 'lately', 'revoked']);
    const kept = await Promise.all(Object.keys(sessions).map((id) => store.sessionById(id)));
    expect(kept.map((each) => each?.id)).toEqual([undefined, 'late', 'open']);
  });
});
