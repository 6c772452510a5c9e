import { describe, expect, test } from 'vitest';
import { readClaims } from './session-token.ts';

describe('what was kept of a sign-in', () => {
  test('reads as it was written down', () => {
    const kept = { sub: 'dingtalk:lPHh', name: '王启航', unionId: 'lPHh' };
    const asserted = { claim: 'support' as const, admin: true, roles: ['IT支持'] };
    expect(readClaims(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(readClaims(JSON.parse(JSON.stringify({ ...kept, asserted })))).toEqual({ ...kept, asserted });
  });

  test.each([null, undefined, 'x', {}, { sub: '', name: 'n', unionId: null }, { sub: 'demo:admin' }])(
    '%j is nobody',
    (kept) => {
      expect(readClaims(kept)).toBeNull();
    },
  );
});
