import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Action, can, type Role } from '#lib/domain/access/operator.ts';
import { CREDENTIALS, PAGE_POLICY, ROUTE_POLICY } from '#lib/domain/access/route-policy.ts';

const APP = join(import.meta.dirname, '..', '..', 'app');
const files = readdirSync(APP, { recursive: true, encoding: 'utf8' });

const served = (file: RegExp) =>
  files
    .filter((name) => file.test(name))
    .map((name) => ({
      pattern: `/${name.replace(file, '').replace(/\/$/, '')}`,
      source: readFileSync(join(APP, name), 'utf8'),
    }));

const routes = served(/(^|\/)route\.ts$/);
const pages = served(/(^|\/)page\.tsx$/);

/** Who may do what, written down once more: a slip in the product's own table is one here. */
const MAY: Record<Action, Role[]> = {
  'see-state': ['viewer', 'support', 'admin'],
  'own-account': ['viewer', 'support', 'admin'],
  'tell-check': ['viewer', 'support', 'admin'],
  'see-identity': ['support', 'admin'],
  'see-network': ['support', 'admin'],
  'see-raw': ['support', 'admin'],
  'ask-live': ['support', 'admin'],
  export: ['support', 'admin'],
  'see-events': ['support', 'admin'],
  'see-notes': ['support', 'admin'],
  'write-notes': ['support', 'admin'],
  'find-by-secret': ['admin'],
  'see-service': ['admin'],
  'run-discovery': ['admin'],
  'check-connection': ['admin'],
  reveal: ['admin'],
  'see-audit': ['admin'],
  'acknowledge-audit-gap': ['admin'],
  'remove-any-note': ['admin'],
  'manage-people': ['admin'],
  'manage-tokens': ['admin'],
  'manage-alerts': ['admin'],
};

describe('the route policy', () => {
  test('names every served route, and no other', () => {
    const guarded = routes.filter(({ pattern }) => !(pattern in CREDENTIALS));
    const names = guarded.flatMap(({ pattern, source }) => {
      const methods = [...source.matchAll(/^export const ([A-Z]+) = (.*)$/gm)];
      const exports = source.match(/^export (?!const dynamic)/gm)?.length ?? 0;
      expect(methods.length, `${pattern} exports its methods one by one`).toBe(exports);
      return methods.map(([, method, made = '']) => {
        const name = `${method} ${pattern}`;
        expect(made, `${name} goes through route() under its own name`).toMatch(`route('${name}', {`);
        return name;
      });
    });
    expect(names.sort()).toEqual(Object.keys(ROUTE_POLICY).sort());
  });

  test('names every page, and each checks the session', () => {
    const guarded = pages.filter(({ pattern }) => !(pattern in CREDENTIALS));
    expect(guarded.map(({ pattern }) => pattern).sort()).toEqual(Object.keys(PAGE_POLICY).sort());
    for (const { pattern, source } of guarded) {
      const action = PAGE_POLICY[pattern as keyof typeof PAGE_POLICY];
      // Two pages of one device share what they show.
      const whole = source.includes('device-page.tsx')
        ? readFileSync(join(APP, 'devices', 'device-page.tsx'), 'utf8')
        : source;
      expect(whole, pattern).toMatch(/await requireOperator\(\s*auth,/);
      if (MAY[action].length < 3) expect(whole, pattern).toContain(`mayOpen(operator.role, '${pattern}')`);
    }
  });

  test('contains no open route that is not served', () => {
    const patterns = [...routes, ...pages].map(({ pattern }) => pattern);
    for (const open of Object.keys(CREDENTIALS)) expect(patterns).toContain(open);
  });

  test.each(Object.entries(MAY))('permits %s exactly the expected actions', (action, allowed) => {
    for (const role of ['viewer', 'support', 'admin'] as const) {
      expect(can(role, action as Action), role).toBe(allowed.includes(role));
    }
  });
});
