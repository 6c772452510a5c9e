import { describe, expect, test } from 'vitest';
import { readClaims } from './session-token.ts';

describe('the claims kept from a sign-in', () => {
  test('read back as they were written', () => {
    const kept = { sub: 'dingtalk:lPHh', name: '王启航', unionId: 'lPHh' };
    const asserted = { claim: 'support' as const, admin: true, roles: ['IT支持'] };
    expect(readClaims(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(readClaims(JSON.parse(JSON.stringify({ ...kept, asserted })))).toEqual({ ...kept, asserted });
  });

  test.each([null, undefined, 'x', {}, { sub: '', name: 'n', unionId: null }, { sub: 'demo:admin' }])(
    '%j is refused',
    (kept) => {
      expect(readClaims(kept)).toBeNull();
    },
  );
});
