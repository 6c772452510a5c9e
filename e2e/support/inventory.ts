import type { APIRequestContext } from '@playwright/test';
import { expect } from './app.ts';
import type { AppOptions, Simulator } from './app-process.ts';

/** A server that discovers everything as fast as allowed, in a world of 130 rooms with four devices each. */
export const KNOWING: AppOptions = {
  env: { INSTANCE_ROLE: 'all', DINGTALK_QPS: '60', FRESH_FOR_SECONDS: '600' },
  simulatorArgs: ['--rooms', '130', '--devices-per-room', '4', '--qps', '0', '--monthly', '1000000'],
};

/** The members of the system response that tests check. */
export type Service = {
  budget: { limit: number; reserve: number; spent: number; left: number; byDay: Spent[] };
  upstream: { failures: { reason: string }[] };
  discovery: {
    run: { id: string; state: string; pausedBy: string | null; rooms: Tasks; devices: Tasks } | null;
    cost: { calls: number; allowed: boolean };
  };
  round: { on: boolean; pausedBy: string | null; paceMs: number | null };
  inventory: { rooms: number; devices: number; notObserved: number };
};

type Spent = { day: string; purpose: string; calls: number };
type Tasks = { found: number; done: number; failed: number };

export async function serviceOf(admin: APIRequestContext): Promise<Service> {
  const response = await admin.get('/api/v1/system');
  expect(response.status(), await response.text()).toBe(200);
  return response.json();
}

/** Waits until the newest discovery run is over; returns the system response. */
export async function untilFound(admin: APIRequestContext, withinMs = 60_000): Promise<Service> {
  return untilRun(admin, (run) => run.state === 'done', withinMs);
}

/** Waits until there is a run that matches. */
export async function untilRun(
  admin: APIRequestContext,
  holds: (run: NonNullable<Service['discovery']['run']>) => boolean,
  withinMs = 60_000,
): Promise<Service> {
  const limit = Date.now() + withinMs;
  for (;;) {
    const service = await serviceOf(admin);
    if (service.discovery.run && holds(service.discovery.run)) return service;
    if (Date.now() > limit) throw new Error(`Discovery stands at ${JSON.stringify(service.discovery)}.`);
    await pause(100);
  }
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export type Page<T> = { items: T[]; nextCursor: string | null; total: number; known: number };

/**
 * Every item of a list, or every item after a cursor, read page by page with its cursors. Sorted by name unless the address
 * says otherwise: issues come and go while a list is read, and would move devices from page to page.
 */
export async function wholeList<T>(
  request: APIRequestContext,
  address: string,
  after: string | null = null,
): Promise<T[]> {
  const items: T[] = [];
  let cursor = after;
  const [path, query = ''] = address.split('?');
  do {
    const params = new URLSearchParams(query);
    if (path === '/api/v1/devices' && !params.has('sort')) params.set('sort', 'name');
    if (cursor !== null) params.set('cursor', cursor);
    const response = await request.get(`${path}?${params}`);
    expect(response.status(), `${path}?${params}`).toBe(200);
    const page = (await response.json()) as Page<T>;
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

export type WorldCounts = { rooms: number; groups: number; devices: number };

export const countsOf = async ({ control }: Simulator): Promise<WorldCounts> =>
  (await control<{ counts: WorldCounts }>('GET', '/world')).counts;

/** The number of calls of a first discovery: the groups, the list in pages of 100, each room, each device. */
export const costOf = ({ rooms, devices }: WorldCounts): number =>
  1 + Math.ceil(rooms / 100) + rooms + devices;

/** The metered calls that DingTalk has counted since its count was last reset. */
export async function metered({ control }: Simulator) {
  type Path = { calls: number; counted: number; refused: number };
  const { paths } = await control<{ paths: Record<string, Path> }>('GET', '/calls');
  const rooms = Object.entries(paths).filter(([path]) => path.includes('/v1.0/rooms/'));
  const sum = (of: keyof Path) => rooms.reduce((total, [, path]) => total + path[of], 0);
  return { calls: sum('calls'), counted: sum('counted'), refused: sum('refused') };
}
