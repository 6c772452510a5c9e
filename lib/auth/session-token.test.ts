import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { operatorOf } from './role-of.ts';
import { createSessionTokens } from './session-token.ts';

const tokens = createSessionTokens('a'.repeat(32));
const session = { sub: 'dingtalk:lPHh', name: '王启航', unionId: 'lPHh' };

describe('a session cookie', () => {
  test('opens to what was sealed', async () => {
    expect(await tokens.open(await tokens.seal(session))).toMatchObject(session);
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

describe('the role behind a session', () => {
  const config = { admins: new Set(['lPHh']), support: new Set(['oidc:42', 'both']), demoAccounts: false };
  const of = (sub: string, unionId: string | null = null, more: object = {}) =>
    operatorOf({ ...config, ...more }, { sub, name: 'n', unionId });

  test('follows from the configuration: union id, subject, or the subject’s own part', () => {
    expect(of('dingtalk:lPHh', 'lPHh')?.role).toBe('admin');
    expect(of('oidc:42')?.role).toBe('support');
    expect(of('dingtalk:both', 'both')?.role).toBe('support');
    expect(of('dingtalk:nobody', 'nobody')?.role).toBe('viewer');
  });

  test('of a demo account is its own, and only on a desk that allows them', () => {
    expect(of('demo:admin')).toBeNull();
    expect(of('demo:admin', null, { demoAccounts: true })?.role).toBe('admin');
    expect(of('demo:root', null, { demoAccounts: true })).toBeNull();
  });
});
