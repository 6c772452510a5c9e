import { describe, expect, test } from 'vitest';
import type { OpenSession } from '#lib/domain/access/access.ts';
import { createSessionCookie, type SessionKeeper } from './session-cookie.ts';

const claims = { sub: 'demo:admin', name: 'Ada', unionId: null };

/** Sessions in a map, which can be made to fail. */
function keeper() {
  const begun = new Map<string, OpenSession>();
  const given: Parameters<SessionKeeper['begin']>[1][] = [];
  const state = { broken: false };
  const refused: string[] = [];
  const readCookie = () => {
    if (state.broken) throw new Error('the store is gone');
  };
  const sessions: SessionKeeper = {
    async begin(kept, from) {
      given.push(from);
      const secret = `secret ${begun.size + 1}`;
      const operator = { subject: kept.sub, name: kept.name, role: 'admin' as const, unionId: null };
      begun.set(secret, { by: 'session', id: secret, operator, claims: kept });
      return secret;
    },
    open(secret) {
      readCookie();
      return begun.get(secret) ?? null;
    },
    async signOut(secret) {
      readCookie();
      begun.delete(secret);
    },
    spendState: async () => true,
    async refused(reason, { address }) {
      refused.push(`${reason} at ${address}`);
    },
  };
  return { cookie: createSessionCookie(sessions), begun, given, refused, state };
}

const visit = (cookie?: string) => ({ address: '192.0.2.7', agent: 'curl/8', requestId: 'r', cookie });

describe('the session cookie', () => {
  test('of a new sign-in has a new secret, records the request’s origin, and replaces the earlier session', async () => {
    const { cookie, given } = keeper();
    const write = () => cookie.write(claims);
    expect(await cookie.during(visit('old'), write)).toBe('secret 1');
    expect(await cookie.during(visit(), write)).toBe('secret 2');
    const from = { address: '192.0.2.7', agent: 'curl/8', requestId: 'r' };
    expect(given).toEqual([
      { ...from, replaces: 'old' },
      { ...from, replaces: undefined },
    ]);
  });

  test('keeps next-auth from hiding the error for too many sign-ins', async () => {
    const { cookie } = keeper();
    const tooMany = new Error('too many');
    const asked: string[] = [];
    const work = async () => {
      const limited = cookie.within(async ({ address }) => {
        asked.push(address);
        throw tooMany;
      });
      return limited.catch(() => 'a page of next-auth');
    };
    await expect(cookie.during(visit(), work)).rejects.toBe(tooMany);
    expect(asked).toEqual(['192.0.2.7']);
    expect(await cookie.during(visit(), () => cookie.within(async () => 'asked'))).toBe('asked');
  });

  test('is not written for a refused person, and the audit entry has their address', async () => {
    const { cookie, begun, refused } = keeper();
    await cookie.during(visit(), () => cookie.refused('not-an-employee'));
    expect(refused).toEqual(['not-an-employee at 192.0.2.7']);
    expect(begun.size).toBe(0);
  });

  test('that was read is written unchanged: reading a session starts none', async () => {
    const { cookie, begun } = keeper();
    await cookie.during(visit(), () => cookie.write(claims));
    const again = await cookie.during(visit('secret 1'), async () => {
      const token = await cookie.read('secret 1');
      expect(token).toEqual({ ...claims, secret: 'secret 1' });
      return cookie.write(token ?? {});
    });
    expect([again, begun.size]).toEqual(['secret 1', 1]);
  });

  test('without a person reads as nothing, and a sign-in without a person starts no session', async () => {
    const { cookie } = keeper();
    await cookie.during(visit(), async () => {
      expect(await cookie.read(undefined)).toBeNull();
      expect(await cookie.read('made up')).toBeNull();
      await expect(cookie.write({ name: 'x' })).rejects.toThrow('without a subject');
    });
  });

  test('that cannot be read is an error, also where next-auth would treat it as none', async () => {
    const { cookie, state } = keeper();
    state.broken = true;
    const swallowing = () => cookie.read('secret 1').catch(() => null);
    await expect(cookie.during(visit('secret 1'), swallowing)).rejects.toThrow('the store is gone');
  });

  test('is removed by signing out, and only if signing out succeeded', async () => {
    const { cookie, begun, state } = keeper();
    const leaving = async () => cookie.signedOut();
    for (const _ of ['one', 'two']) await cookie.during(visit(), () => cookie.write(claims));
    await cookie.during(visit('secret 1'), leaving);
    expect([...begun.keys()]).toEqual(['secret 2']);
    state.broken = true;
    await expect(cookie.during(visit('secret 2'), leaving)).rejects.toThrow('the store is gone');
  });

  test('keeps concurrent requests apart', async () => {
    const { cookie, given } = keeper();
    const quickIsDone = Promise.withResolvers<void>();
    const slow = cookie.during({ ...visit(), address: 'slow' }, async () => {
      await quickIsDone.promise;
      return cookie.write(claims);
    });
    await cookie.during({ ...visit(), address: 'quick' }, () => cookie.write(claims));
    quickIsDone.resolve();
    await slow;
    expect(given.map(({ address }) => address)).toEqual(['quick', 'slow']);
  });
});
