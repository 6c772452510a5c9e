import { describe, expect, test } from 'vitest';
import { refreshClaimsBy } from './refresh-claims.ts';

const refreshClaims = refreshClaimsBy({
  dingtalkRoles: { admin: new Set(['IT']), support: new Set(['Helpdesk']) },
});
const kept = { sub: 'dingtalk:lPHh', name: '王启航', unionId: 'lPHh' };

describe('the DingTalk roles of a signed-in person', () => {
  test('replace the roles from sign-in', () => {
    const before = { ...kept, asserted: { admin: true, roles: ['IT'] } };
    expect(refreshClaims(before, { admin: false, roles: ['Helpdesk', 'Chess club'] })).toEqual({
      ...kept,
      asserted: { admin: false, roles: ['Helpdesk'] },
    });
  });

  test('stay the same when nothing changed, or when the person signed in with another provider', () => {
    const before = { ...kept, asserted: { admin: false, roles: ['IT'] } };
    expect(refreshClaims(before, { admin: false, roles: ['IT', 'Chess club'] })).toBeNull();
    const other = { sub: 'oidc:https://id.example.com 42', name: 'Ann', unionId: null };
    expect(refreshClaims(other, { admin: true, roles: [] })).toBeNull();
    expect(refreshClaims({ no: 'claims' }, { admin: true, roles: [] })).toBeNull();
  });
});
