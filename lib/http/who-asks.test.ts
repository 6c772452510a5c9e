import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { OpenSession, OpenToken } from '#lib/domain/access/access.ts';
import { NO_REQUEST } from '#lib/domain/access/access.ts';
import type { TokenRefusal } from '#lib/domain/access/api-token.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { Audit } from '#lib/services/audit/audit.ts';
import { permitted, whoAsks } from './who-asks.ts';

const person = (role: Operator['role']): Operator => ({ subject: 'a', name: 'a', role, unionId: null });
const session: OpenSession = { by: 'session', id: 's', operator: person('admin'), claims: {} };
const token: OpenToken = { by: 'token', id: 't', operator: person('admin') };

const auth = {
  cookieName: 'c',
  session: async (value: string | undefined) => (value === 'good' ? session : null),
};
const access = {
  tokens: {
    open(value: string, onRefused: (refusal: TokenRefusal) => void) {
      if (value === 'rd_good') return token;
      onRefused({ reason: 'expired', tokenId: 'public' });
      return null;
    },
  },
};
const audit = { noteRefusal: vi.fn<Audit['noteRefusal']>() };

function asked(authorization?: string, cookie?: string) {
  const headers = new Headers(authorization === undefined ? {} : { authorization });
  const cookies = { get: () => (cookie === undefined ? undefined : { name: 'c', value: cookie }) };
  return whoAsks({ headers, cookies } as never, auth, { access, audit } as never, NO_REQUEST);
}

beforeEach(() => audit.noteRefusal.mockClear());

describe('the caller of a request', () => {
  test.each([
    ['Bearer rd_good', undefined, 't'],
    ['bearer  rd_good ', 'bad', 't'],
    ['Bearer rd_good', 'good', 't'],
    [undefined, 'good', 's'],
    ['Basic eDp5', 'good', 's'],
    ['Bearerish x', 'good', 's'],
  ])('%s with the cookie %s is %s', async (authorization, cookie, id) => {
    expect((await asked(authorization, cookie)).id).toBe(id);
    expect(audit.noteRefusal).not.toHaveBeenCalled();
  });

  test.each([
    ['Bearer rd_bad', 'good', 'signed-out.token'],
    ['Bearer', 'good', 'signed-out.token'],
    ['Bearer rd_good x', 'good', 'signed-out.token'],
    ['Bearer rd_good, Bearer rd_good', undefined, 'signed-out.token'],
    [undefined, 'bad', 'signed-out.signed-out'],
    [undefined, undefined, 'signed-out.signed-out'],
    ['Basic eDp5', undefined, 'signed-out.signed-out'],
  ])('%s with the cookie %s is refused: %3$s', async (authorization, cookie, reason) => {
    await expect(asked(authorization, cookie)).rejects.toMatchObject({ reason });
    const refusal = { by: null, source: NO_REQUEST, action: 'token-refused', about: 'expired' };
    expect(audit.noteRefusal.mock.calls).toEqual(
      reason === 'signed-out.token' ? [[{ ...refusal, target: { kind: 'token', id: 'public' } }]] : [],
    );
  });
});

test('with a token may not sign in or out, use secrets or search for people, whatever its role', () => {
  for (const action of [
    'own-account',
    'manage-people',
    'manage-tokens',
    'reveal',
    'check-connection',
    'acknowledge-audit-gap',
  ] as const) {
    expect(() => permitted(token, action)).toThrow('not-permitted.token');
    expect(() => permitted(session, action)).not.toThrow();
  }
  expect(() => permitted(token, 'see-service')).not.toThrow();
  expect(() => permitted({ ...token, operator: person('viewer') }, 'see-raw')).toThrow('not-permitted.role');
});
