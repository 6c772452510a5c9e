import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Account } from './desk.ts';

const APP = fileURLToPath(new URL('../app', import.meta.url));

/** What stands in for a dynamic segment; a new kind of segment makes the tests fail until it is named here. */
const SEGMENTS: Record<string, string> = {
  '[deviceId]': '1234',
  '[deviceUnionId]': 'lmvUxxxxx',
  '[roomId]': '7263xxxxx',
  '[viewId]': '00000000-0000-4000-8000-000000000000',
  '[sessionId]': '00000000-0000-4000-8000-000000000000',
  '[tokenId]': '0123456789AB',
};

/** Reachable without a session on purpose. */
const OPEN = new Set([
  '/sign-in',
  '/api/auth/[...nextauth]',
  '/api/health/live',
  '/api/health/ready',
  // What lets one in there is DingTalk's signature; e2e/events-callback.spec.ts tries others.
  '/api/dingtalk/events',
]);

/** Who may do what a route permits; written down here once more, so that a slip in the product is one. */
const MAY: Record<string, Account[]> = {
  'see-state': ['viewer', 'support', 'admin'],
  'see-raw': ['support', 'admin'],
  export: ['support', 'admin'],
  'see-events': ['support', 'admin'],
  'see-service': ['admin'],
  'run-discovery': ['admin'],
  reveal: ['admin'],
  'see-audit': ['admin'],
  'own-account': ['viewer', 'support', 'admin'],
  'manage-people': ['admin'],
  'manage-tokens': ['admin'],
};

type Route = { pattern: string; path: string };
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type ApiMethod = Route & { method: Method; allowed: Account[]; writes: boolean };

/** Every page and every method of every API route behind a session, read from the app folder so that a new one is never forgotten. */
export function guardedRoutes(): { pages: Route[]; apis: ApiMethod[] } {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' });
  const routes = (file: RegExp) =>
    files
      .filter((name) => file.test(name))
      .map((name) => ({ name, pattern: `/${name.replace(file, '').replace(/\/$/, '')}` }))
      .filter(({ pattern }) => !OPEN.has(pattern))
      .map(({ name, pattern }) => ({ name, pattern, path: pathOf(pattern) }));
  return {
    pages: routes(/(^|\/)page\.tsx$/),
    apis: routes(/(^|\/)route\.ts$/).flatMap(({ name, ...route }) =>
      methodsOf(join(APP, name)).map((method) => ({ ...route, ...method })),
    ),
  };
}

/** The methods that a file exports, each with what it permits: its own word, else the only one in the file. */
function methodsOf(file: string): Pick<ApiMethod, 'method' | 'allowed' | 'writes'>[] {
  const source = readFileSync(file, 'utf8');
  const permitsIn = (text: string) =>
    new Set([...text.matchAll(/permit: '([a-z-]+)'/g)].map(([, name]) => name));
  const methods = [...source.matchAll(/^export const ([A-Z]+) = ([\s\S]*?)(?=^export |(?![\s\S]))/gm)];
  const exported = source.match(/^export (?!const dynamic)/gm)?.length ?? 0;
  if (methods.length === 0 || methods.length !== exported) {
    throw new Error(`e2e/routes.ts understands ${methods.length} of the ${exported} exports of ${file}.`);
  }
  return methods.map(([, method, body = '']) => {
    const own = permitsIn(body);
    const [permit = '', ...others] = own.size > 0 ? own : permitsIn(source);
    const allowed = MAY[permit];
    if (!allowed || others.length > 0)
      throw new Error(`e2e/routes.ts does not know who may ${method} ${file}.`);
    return { method: method as Method, allowed, writes: method !== 'GET' };
  });
}

function pathOf(pattern: string): string {
  return pattern.replace(/\[[^\]]+\]/g, (segment) => {
    const value = SEGMENTS[segment];
    if (value === undefined) throw new Error(`e2e/routes.ts does not know what stands for ${segment}.`);
    return value;
  });
}
