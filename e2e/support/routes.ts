import { can, NEVER_BY_TOKEN } from '../../lib/domain/access/operator.ts';
import { PAGE_POLICY, ROUTE_POLICY } from '../../lib/domain/access/route-policy.ts';
import type { Account } from './app.ts';

const ACCOUNTS: readonly Account[] = ['viewer', 'support', 'admin'];

/** The value for a dynamic segment; a new kind of segment makes the tests fail until it is added here. */
const SEGMENTS: Record<string, string> = {
  '[deviceId]': '1234',
  '[deviceUnionId]': 'lmvUxxxxx',
  '[roomId]': '7263xxxxx',
  '[viewId]': '00000000-0000-4000-8000-000000000000',
  '[noteId]': '00000000-0000-4000-8000-000000000000',
  '[sessionId]': '00000000-0000-4000-8000-000000000000',
  '[tokenId]': '0123456789AB',
  '[channelId]': '00000000-0000-4000-8000-000000000000',
  '[ruleId]': '00000000-0000-4000-8000-000000000000',
  '[silenceId]': '00000000-0000-4000-8000-000000000000',
  '[deliveryId]': '00000000-0000-4000-8000-000000000000',
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Route = {
  pattern: string;
  /** An address of the route; writes use values that cannot be processed, so that trying them changes nothing. */
  path: string;
  /**
   * The permitted roles according to the product's table; lib/http/policy.test.ts compares it with the intended ones.
   */
  allowed: Account[];
};

export type ApiMethod = Route & { method: Method; writes: boolean; byToken: boolean };

/**
 * Every page and every method of every API route that needs a session; lib/http/policy.test.ts checks that none is
 * missing.
 */
export function guardedRoutes(): { pages: Route[]; apis: ApiMethod[] } {
  return {
    pages: Object.entries(PAGE_POLICY).map(([pattern, action]) => ({
      pattern,
      path: pathOf(pattern),
      allowed: ACCOUNTS.filter((role) => can(role, action)),
    })),
    apis: Object.entries(ROUTE_POLICY).map(([name, action]) => {
      const [method = '', pattern = ''] = name.split(' ');
      const writes = method !== 'GET';
      return {
        method: method as Method,
        pattern,
        writes,
        byToken: !NEVER_BY_TOKEN.has(action),
        path: pathOf(pattern) + (writes ? '?nothing=known' : ''),
        allowed: ACCOUNTS.filter((role) => can(role, action)),
      };
    }),
  };
}

function pathOf(pattern: string): string {
  return pattern.replace(/\[[^\]]+\]/g, (segment) => {
    const value = SEGMENTS[segment];
    if (value === undefined)
      throw new Error(`e2e/support/routes.ts does not know what stands for ${segment}.`);
    return value;
  });
}
