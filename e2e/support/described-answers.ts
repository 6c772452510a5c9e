import type { APIRequestContext, APIResponse } from '@playwright/test';
import { openRoutes } from '../../lib/api/open-routes.ts';
import { problem } from '../../lib/api/problem.ts';
import { type ApiRouteName, contractOf, problemsOf, ROUTES } from '../../lib/api/routes.ts';

/** A response of the API as the route table describes it. */
export type Answer = { status: number; type: string; body: string };

const PATTERNS = [...Object.keys(ROUTES), ...Object.keys(openRoutes)].map((name) => {
  const [method = '', path = ''] = name.split(' ');
  const segments = path.replaceAll('.', '\\.').replace(/\[\w+\]/g, '[^/]+');
  return { name: name as ApiRouteName, method, path, matches: new RegExp(`^${segments}$`) };
});

/** The route that serves a path; a path without variable parts comes before one with them. */
export function routeOf(method: string, path: string): ApiRouteName | null {
  const fitting = PATTERNS.filter((each) => each.method === method && each.matches.test(path));
  return (fitting.find((each) => each.path === path) ?? fitting[0])?.name ?? null;
}

/** The part of a response that the route table does not describe; null when it describes all of it. */
export function faultOf(method: string, path: string, { status, type, body }: Answer): string | null {
  const name = routeOf(method, path);
  const sent = type.split(';')[0] ?? '';
  if (sent === 'application/problem+json') return faultOfProblem(name, status, body);
  if (name === null) return sent === 'application/json' ? 'no route has this path' : null;
  const contract = contractOf(name);
  if (status === 503 && contract.unavailable) return faultOfBody(contract.unavailable, body);
  if (status !== (contract.status ?? 200)) return `status ${status} is not described`;
  if (status === 204) return body === '' ? null : 'a body after 204';
  const described = contract.type ?? 'application/json';
  if (sent !== described) return `${sent} instead of ${described}`;
  if (!contract.answer) return null;
  const pieces = described === 'application/x-ndjson' ? body.trimEnd().split('\n') : [body];
  for (const piece of pieces) {
    const fault = faultOfBody(contract.answer, piece);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOfProblem(name: ApiRouteName | null, status: number, body: string): string | null {
  const parsed = problem.safeParse(JSON.parse(body));
  if (!parsed.success) return parsed.error.message;
  const { code } = parsed.data;
  if (parsed.data.status !== status) return `a problem of status ${parsed.data.status}`;
  // A path with invalid escapes is refused before its route is looked up.
  if (name === null)
    return ['not-found', 'invalid-question'].includes(code) ? null : `${code} for an unknown path`;
  return problemsOf(name).includes(code) ? null : `the problem ${code} is not described`;
}

function faultOfBody(schema: NonNullable<ReturnType<typeof contractOf>['answer']>, body: string) {
  const parsed = schema.safeParse(JSON.parse(body));
  return parsed.success ? null : parsed.error.message;
}

const METHODS = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;

/** Requests whose responses must all be described by the route table; any other response fails the test. */
export function describedOnly(requests: APIRequestContext): APIRequestContext {
  return new Proxy(requests, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      if (!isMethod(property)) return value.bind(target);
      return async (...args: unknown[]) => {
        const response: APIResponse = await value.apply(target, args);
        await assertDescribed(METHODS[property], response);
        return response;
      };
    },
  });
}

const isMethod = (name: string | symbol): name is keyof typeof METHODS => Object.hasOwn(METHODS, name);

async function assertDescribed(method: string, response: APIResponse): Promise<void> {
  const { pathname } = new URL(response.url());
  if (!pathname.startsWith('/api/') || pathname.startsWith('/api/auth/')) return;
  const type = response.headers()['content-type'] ?? '';
  const answer = { status: response.status(), type, body: await response.text() };
  const fault = faultOf(method, pathname, answer);
  if (fault !== null) throw new Error(`${method} ${pathname} answered ${answer.status}: ${fault}`);
}
