import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('../app', import.meta.url));

/** What stands in for a dynamic segment; a new kind of segment makes the tests fail until it is named here. */
const SEGMENTS: Record<string, string> = {
  '[deviceId]': '1234',
  '[deviceUnionId]': 'lmvUxxxxx',
};

/** Reachable without a session on purpose. */
const OPEN = new Set(['/sign-in', '/api/auth/[...nextauth]', '/api/health/live', '/api/health/ready']);

type Route = { pattern: string; path: string };

/** Every page and every API route behind a session, read from the app folder so that a new one is never forgotten. */
export function guardedRoutes(): { pages: Route[]; apis: Route[] } {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' });
  const routes = (file: RegExp) =>
    files
      .filter((name) => file.test(name))
      .map((name) => `/${name.replace(file, '').replace(/\/$/, '')}`)
      .filter((pattern) => !OPEN.has(pattern))
      .map((pattern) => ({ pattern, path: pathOf(pattern) }));
  return { pages: routes(/(^|\/)page\.tsx$/), apis: routes(/(^|\/)route\.ts$/) };
}

function pathOf(pattern: string): string {
  return pattern.replace(/\[[^\]]+\]/g, (segment) => {
    const value = SEGMENTS[segment];
    if (value === undefined) throw new Error(`e2e/routes.ts does not know what stands for ${segment}.`);
    return value;
  });
}
