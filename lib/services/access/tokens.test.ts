import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OpenSession } from '#lib/domain/access/access.ts';
import type { TokenRefusal } from '#lib/domain/access/api-token.ts';
import type { Role } from '#lib/domain/access/operator.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';
import { credentialCallerOf } from '#lib/testing/app.ts';
import { movingClock } from '#lib/testing/clocks/moving-clock.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { type Access, createAccess } from './access.ts';
import { createToken, listTokens, revokeToken } from './api-tokens.ts';
import { newTokenValue } from './token-value.ts';

const DAY = 24 * 3_600_000;
const from = { address: '192.0.2.7', requestId: 'r' };

let folder: string;
let store: Store;
let clock: ReturnType<typeof movingClock>;
let access: Access;
let role: Role | null;
let onFact = vi.fn<Access['onFact']>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  store = await openSqliteStore(folder, KEYS);
  clock = movingClock();
  role = 'admin';
  onFact = vi.fn<Access['onFact']>(async () => undefined);
  access = anotherAccess();
});
afterEach(async () => {
  access.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const anotherAccess = () =>
  createAccess({
    store,
    clock,
    warn: () => undefined,
    refreshClaims: null,
    directory: { employee: () => Promise.reject(new Error('no employment check expected')) },
    operatorOf: () => role && { subject: 'demo:admin', name: 'Ada', role, unionId: null },
    onFact: (fact, actor) => onFact(fact, actor),
  });

/** Another value with the public part of this one and a checksum that is right. */
function sameName(value: string): string {
  const named = `${value.slice(0, 16)}${newTokenValue().value.slice(16, -6)}`;
  return named + inDigits(crc32(named));
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const inDigits = (number: number): string =>
  Array.from({ length: 6 }, (_, place) => DIGITS[Math.floor(number / 62 ** (5 - place)) % 62]).join('');

const credential = (is: Role = 'admin'): OpenSession => ({
  by: 'session',
  id: 's',
  claims: { sub: 'demo:admin' },
  operator: { subject: 'demo:admin', name: 'Ada', role: is, unionId: null },
});
const context = () => ({ store, clock, access });
const make = (asked: Partial<{ name: string; role: Role; days: number }> = {}) =>
  createToken(context(), credentialCallerOf(credential(), from), {
    name: 'Nightly report',
    role: 'support',
    days: 30,
    ...asked,
  });

describe('an API token', () => {
  test('acts for itself, in its role, and under no person’s name towards DingTalk', async () => {
    const { token, value } = await make();
    expect(await access.tokens.open(value)).toMatchObject({
      by: 'token',
      operator: { subject: `token:${token.tokenId}`, name: 'Nightly report', role: 'support', unionId: null },
    });
  });

  test('is shown once: nothing stored or listed contains it', async () => {
    const { token, value } = await make();
    const found = await store.tokenById(token.tokenId);
    const listed = await listTokens(context(), credential());
    for (const text of [JSON.stringify(found), JSON.stringify(listed), JSON.stringify(onFact.mock.calls)]) {
      expect(text).toContain(token.tokenId);
      expect(text).not.toContain(value.slice(16));
    }
  });

  test('with another token’s name, or shortened, is invalid', async () => {
    const [one, two] = [await make(), await make()];
    expect(await access.tokens.open(two.value)).not.toBeNull();
    expect(await access.tokens.open(one.value.replace(one.token.tokenId, two.token.tokenId))).toBeNull();
    for (const value of ['', 'rd_', 'x', one.token.tokenId, one.value.slice(0, -1), `${one.value}A`]) {
      expect(await access.tokens.open(value)).toBeNull();
    }
  });

  test('ends at its expiry and when it is revoked: at once here, within a second elsewhere', async () => {
    const [short, long] = [await make({ days: 1 }), await make({ days: 365 })];
    const other = anotherAccess();
    expect(await other.tokens.open(long.value)).not.toBeNull();
    expect(await access.tokens.open(short.value)).not.toBeNull();
    clock.move(DAY);
    expect(await access.tokens.open(short.value)).toBeNull();
    const revoked = new Promise<void>((resolve) => other.tokens.watch(long.token.tokenId, resolve));
    await revokeToken(context(), credentialCallerOf(credential(), from), long.token.tokenId);
    expect(await access.tokens.open(long.value)).toBeNull();
    await revoked;
    await expect.poll(() => other.tokens.open(long.value)).toBeNull();
    const { items } = await listTokens(context(), credential());
    expect(items.map(({ state }) => state).sort()).toEqual(['expired', 'revoked']);
    other.close();
  });

  test('that is invalid gives the reason, and names a token only where the name exists', async () => {
    const why = async (value: string, by = access) => {
      const refusals: TokenRefusal[] = [];
      expect(await by.tokens.open(value, (refusal) => refusals.push(refusal))).toBeNull();
      return refusals;
    };
    const [one, two] = [await make({ days: 1 }), await make()];
    const [tokenId, other] = [one.token.tokenId, two.token.tokenId];
    for (const value of ['', 'rd_', tokenId, `${one.value}A`]) {
      expect(await why(value)).toEqual([{ reason: 'malformed', tokenId: null }]);
    }
    expect(await why(newTokenValue().value)).toEqual([{ reason: 'unknown', tokenId: null }]);
    expect(await why(sameName(one.value))).toEqual([{ reason: 'wrong-value', tokenId }]);
    expect(await access.tokens.open(one.value)).not.toBeNull();
    clock.move(DAY);
    expect(await why(one.value), 'remembered').toEqual([{ reason: 'expired', tokenId }]);
    expect(await why(one.value, anotherAccess())).toEqual([{ reason: 'expired', tokenId }]);
    await revokeToken(context(), credentialCallerOf(credential(), from), other);
    expect(await why(two.value)).toEqual([{ reason: 'revoked', tokenId: other }]);
    const third = await make();
    role = null;
    expect(await why(third.value)).toEqual([{ reason: 'creator-refused', tokenId: third.token.tokenId }]);
  });

  test('may never do more than its creator may now', async () => {
    const { value } = await make({ role: 'admin' });
    for (const now of ['admin', 'viewer', null] as const) {
      role = now;
      expect((await anotherAccess().tokens.open(value))?.operator.role ?? null).toBe(now);
    }
  });

  test('is not created when it cannot be audited', async () => {
    onFact = vi.fn<Access['onFact']>(() => Promise.reject(new Error('no account')));
    await expect(make()).rejects.toThrow('no account');
    expect(await store.tokens()).toEqual([]);
  });

  test('is created only by signed-in admins, and not by tokens', async () => {
    const asked = { name: 'x', role: 'viewer', days: 1 } as const;
    await expect(
      createToken(context(), credentialCallerOf(credential('support'), from), asked),
    ).rejects.toThrow('not-permitted.role');
    const { value } = await make({ role: 'admin' });
    const program = await access.tokens.open(value);
    if (!program) throw new Error('no token');
    await expect(createToken(context(), credentialCallerOf(program, from), asked)).rejects.toThrow(
      'not-permitted.token',
    );
    await expect(listTokens(context(), program)).rejects.toThrow('not-permitted.token');
    await expect(revokeToken(context(), credentialCallerOf(program, from), 'x')).rejects.toThrow(
      'not-permitted.token',
    );
  });

  test('has the time of its last use, to the minute', async () => {
    const { value } = await make();
    const used = async () => (await listTokens(context(), credential())).items[0]?.usedAt ?? null;
    expect(await used()).toBeNull();
    await access.tokens.open(value);
    await expect.poll(used).not.toBeNull();
    const first = await used();
    await anotherAccess().tokens.open(value);
    expect(await used()).toBe(first);
    clock.move(60_000);
    await anotherAccess().tokens.open(value);
    await expect.poll(used).not.toBe(first);
  });
});
