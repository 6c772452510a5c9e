import { describe, expect, test } from 'vitest';
import { operatorOf } from './role-of.ts';
import { readClaims } from './session-token.ts';

describe('what was kept of a sign-in', () => {
  test('reads as it was written down', () => {
    const kept = { sub: 'dingtalk:lPHh', name: '王启航', unionId: 'lPHh' };
    expect(readClaims(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  test.each([null, undefined, 'x', {}, { sub: '', name: 'n', unionId: null }, { sub: 'demo:admin' }])(
    '%j is nobody',
    (kept) => {
      expect(readClaims(kept)).toBeNull();
    },
  );
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
