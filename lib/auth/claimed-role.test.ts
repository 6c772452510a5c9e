import { expect, test } from 'vitest';
import { claimedRole } from './claimed-role.ts';

test.each<[string, object, string, string | undefined]>([
  ['a text', { role: 'support' }, 'role', 'support'],
  ['a list', { groups: ['people', 'admin'] }, 'groups', 'admin'],
  ['the highest of several', { groups: ['viewer', 'rooms-desk-admin', 'support'] }, 'groups', 'admin'],
  ['a role with the product’s prefix', { groups: ['rooms-desk-support'] }, 'groups', 'support'],
  ['a path', { realm_access: { roles: ['support'] } }, 'realm_access.roles', 'support'],
  [
    'a name with dots in it',
    { 'https://desk.example.com/role': 'viewer' },
    'https://desk.example.com/role',
    'viewer',
  ],
  ['another spelling', { role: 'Admin' }, 'role', undefined],
  ['a longer word', { role: 'administrator' }, 'role', undefined],
  ['roles in one text', { role: 'viewer admin' }, 'role', undefined],
  ['nothing', {}, 'role', undefined],
  ['another kind', { role: { admin: true } }, 'role', undefined],
  ['a list in a list', { role: [['admin']] }, 'role', undefined],
  ['a path into a text', { role: 'admin' }, 'role.length', undefined],
  ['a member of every object', {}, 'constructor.name', undefined],
  ['the prototype', {}, '__proto__.role', undefined],
])('%s names the role', (_, claims, path, role) => {
  expect(claimedRole(claims, path)).toBe(role);
});
