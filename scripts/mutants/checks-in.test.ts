import { describe, expect, test } from 'vitest';
import { checksIn } from './checks-in.mjs';

const SOURCE = `import { can } from '../operator.ts';
/** Asks can() and throws. */
export function list(operator) {
  assertCan(operator.role, 'see-audit');
  const named = can(operator.role, of('see-identity')) || open;
  if (!this.can(1)) return sees(role, policy[name]);
  permitted(way, () => {
    report(can);
  });
}
export function can(role, action) {}
`;

describe('access checks in a source file', () => {
  test('are found in statements and conditions, not where they are defined or named', () => {
    const found = checksIn(SOURCE).map(({ line, check }) => `${line} ${check}`);
    expect(found).toEqual([
      "4 assertCan(operator.role, 'see-audit');",
      "5 can(operator.role, of('see-identity'))",
      '6 sees(role, policy[name])',
      '7 permitted(way, () => {',
    ]);
  });

  test('are each removed alone: a statement completely, a condition replaced by yes', () => {
    const [statement, question, , across] = checksIn(SOURCE).map(({ without }) => without);
    expect(statement).toBe(SOURCE.replace("assertCan(operator.role, 'see-audit');", ''));
    expect(question).toBe(SOURCE.replace("can(operator.role, of('see-identity'))", 'true'));
    expect(across).not.toContain('permitted');
    expect(across).not.toContain('report');
  });
});
