import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createSessionTokens } from './session-token.ts';

const tokens = createSessionTokens('a'.repeat(32));
const session = { sub: 'dingtalk:lPHh', name: '王启航', unionId: 'lPHh' };
const told = { claim: 'support' as const, admin: true, roles: ['IT支持'] };

describe('a session cookie', () => {
  test('opens to what was sealed', async () => {
    expect(await tokens.open(await tokens.seal(session))).toEqual(session);
    expect(await tokens.open(await tokens.seal({ ...session, told }))).toEqual({ ...session, told });
  });

  test.each([undefined, '', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vOmFkbWluIn0.'])(
    'that is %j opens to nothing',
    async (value) => {
      expect(await tokens.open(value)).toBeNull();
    },
  );

  test('that was altered in any place opens to nothing', async () => {
    const sealed = await tokens.seal(session);
    for (let at = 0; at < sealed.length; at += 7) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
      const opened = await tokens.open(altered);
      // The last character of a signature carries spare bits, so another letter there may mean the same bytes.
      if (at < sealed.length - 1) expect(opened, `place ${at}`).toBeNull();
    }
  });

  test('sealed with another secret, or with the bare secret, opens to nothing', async () => {
    expect(await tokens.open(await createSessionTokens('b'.repeat(32)).seal(session))).toBeNull();
    const forged = await new SignJWT({ name: 'x', unionId: null })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('rooms-desk')
      .setSubject('demo:admin')
      .sign(new TextEncoder().encode('a'.repeat(32)));
    expect(await tokens.open(forged)).toBeNull();
  });
});
