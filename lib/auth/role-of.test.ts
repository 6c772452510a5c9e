import { describe, expect, test } from 'vitest';
import { operatorOf } from './role-of.ts';
import type { Asserted } from './session-token.ts';

const ISSUER = 'https://id.example.com';
const settings = {
  admins: new Set(['lPHh', `oidc:${ISSUER}#7`]),
  support: new Set(['42', 'both', 'lPHh']),
  demoAccounts: false,
  dingtalkRoles: { admin: new Set(['主管理员']), support: new Set(['IT支持']) },
  oidc: { issuer: ISSUER, clientId: 'c', clientSecret: 's', scope: 'openid', roleClaim: 'roles', name: 'ID' },
};

const of = (sub: string, more: { unionId?: string; asserted?: Asserted } = {}, other: object = {}) =>
  operatorOf(
    { ...settings, ...other },
    { sub, name: 'n', unionId: more.unionId ?? null, asserted: more.asserted },
  );
const roleOf = (...asked: Parameters<typeof of>) => {
  const operator = of(...asked);
  return operator && `${operator.role} ${operator.roleReason}`;
};

describe('the role of a session', () => {
  test('follows from the configuration: union ID, subject, or the local part of the subject', () => {
    expect(roleOf('dingtalk:lPHh', { unionId: 'lPHh' })).toBe('admin configured-admin');
    expect(roleOf('dingtalk:both')).toBe('support configured-support');
    expect(roleOf(`oidc:${ISSUER}#42`)).toBe('support configured-support');
    expect(roleOf(`oidc:${ISSUER}#7`)).toBe('admin configured-admin');
    expect(roleOf('dingtalk:nobody', { unionId: 'nobody' })).toBe('viewer everyone');
  });

  test('is never given by a part of a subject or another spelling of it', () => {
    for (const sub of [`${ISSUER}#4`, `${ISSUER}#042`, `${ISSUER}#42 `, `${ISSUER}#x#42`, `${ISSUER}#LPHH`]) {
      expect(roleOf(`oidc:${sub}`), sub).toBe('viewer everyone');
    }
  });

  test('follows from the claims at sign-in', () => {
    expect(roleOf(`oidc:${ISSUER}#1`, { asserted: { claim: 'admin' } })).toBe('admin claim');
    expect(roleOf(`oidc:${ISSUER}#1`, { asserted: { claim: 'viewer' } })).toBe('viewer claim');
    expect(roleOf('dingtalk:x', { asserted: { admin: true } })).toBe('admin dingtalk-admin');
    expect(roleOf('dingtalk:x', { asserted: { admin: false, roles: [] } })).toBe('viewer everyone');
    expect(roleOf('dingtalk:x', { asserted: { roles: ['IT支持'] } })).toBe('support dingtalk-role');
    expect(roleOf('dingtalk:x', { asserted: { roles: ['IT支持', '主管理员'] } })).toBe('admin dingtalk-role');
    expect(roleOf('dingtalk:x', { asserted: { roles: ['IT'] } })).toBe('viewer everyone');
  });

  test('is the highest that any source gives, and for equal ones that of the configuration', () => {
    expect(roleOf(`oidc:${ISSUER}#42`, { asserted: { claim: 'viewer' } })).toBe('support configured-support');
    expect(roleOf(`oidc:${ISSUER}#42`, { asserted: { claim: 'support' } })).toBe(
      'support configured-support',
    );
    expect(roleOf(`oidc:${ISSUER}#42`, { asserted: { claim: 'admin' } })).toBe('admin claim');
    expect(roleOf('dingtalk:lPHh', { asserted: { admin: true } })).toBe('admin configured-admin');
  });

  test('ends with the setting that gave it, without a new sign-in', () => {
    const noClaim = { oidc: { ...settings.oidc, roleClaim: null } };
    expect(roleOf(`oidc:${ISSUER}#1`, { asserted: { claim: 'admin' } }, noClaim)).toBe('viewer everyone');
    const noRoles = { dingtalkRoles: { admin: new Set<string>(), support: new Set<string>() } };
    expect(roleOf('dingtalk:x', { asserted: { roles: ['IT支持'] } }, noRoles)).toBe('viewer everyone');
  });

  test('is none when the provider is no longer configured or another one is', () => {
    expect(of(`oidc:${ISSUER}#7`, {}, { oidc: null })).toBeNull();
    expect(of(`oidc:${ISSUER}/#7`)).toBeNull();
    expect(of('oidc:7')).toBeNull();
  });

  test('of a demo account is its own, and only where demo accounts are enabled', () => {
    expect(of('demo:admin')).toBeNull();
    expect(roleOf('demo:admin', {}, { demoAccounts: true })).toBe('admin demo');
    expect(of('demo:root', {}, { demoAccounts: true })).toBeNull();
  });
});
