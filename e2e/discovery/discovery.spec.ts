import type { APIRequestContext, Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { openInstance, openSimulator } from '../support/app-process.ts';
import {
  costOf,
  countsOf,
  metered,
  pause,
  serviceOf,
  untilFound,
  untilRun,
  wholeList,
} from '../support/inventory.ts';
import { requestsAs } from '../support/request-as.ts';
import { en } from '../support/texts.ts';

type Named = { id?: string; deviceId?: string | null };
type Groups = { items: Named[]; all: { rooms: number; devices: number } };

/** Everything in the lists, each entry once. */
async function known(request: APIRequestContext) {
  const [rooms, devices] = await Promise.all([
    wholeList<Named>(request, '/api/v1/rooms?limit=200'),
    wholeList<Named>(request, '/api/v1/devices?limit=200'),
  ]);
  const groups = (await (await request.get('/api/v1/room-groups')).json()) as Groups;
  expect(groups.all).toMatchObject({ rooms: rooms.length, devices: devices.length });
  return {
    groups: new Set(groups.items.map(({ id }) => id)).size,
    rooms: new Set(rooms.map(({ id }) => id)).size,
    devices: new Set(devices.map(({ deviceId }) => deviceId)).size,
  };
}

/** Starts discovery on the admin page, which shows the cost and asks for confirmation. */
async function press(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.admin.discovery.start }).click();
  await page.getByRole('button', { name: en.admin.discovery.confirm }).click();
}

const state = (page: Page, name: 'running' | 'done') =>
  page.getByRole('status').filter({ hasText: en.admin.discovery.state[name] });

test('discovery started in the admin area finds 250 rooms with one call each, within DingTalk’s rate limit', async ({
  page,
  context,
  newDatabase,
}) => {
  test.setTimeout(150_000);
  const { simulator, close } = await openSimulator(['--rooms', '250', '--qps', '40']);
  const env = { DATABASE_URL: await newDatabase(), DINGTALK_QPS: '30', DINGTALK_MONTHLY_CALLS: '2500' };
  const web = await openInstance(simulator, { env });
  const admin = await requestsAs('admin', web.url);
  const world = await countsOf(simulator);
  expect(world.rooms).toBe(250);
  await context.addCookies((await admin.storageState()).cookies);
  await page.goto(`${web.url}/admin`);
  expect((await serviceOf(admin)).discovery, 'nothing begins before the press').toMatchObject({ run: null });

  await press(page);
  await expect(page.getByText(en.admin.discovery.noJobInstance)).toBeVisible();
  expect(await metered(simulator)).toMatchObject({ calls: 0 });
  const watch = await openInstance(simulator, { env: { ...env, INSTANCE_ROLE: 'worker' } });
  await expect(state(page, 'running')).toBeVisible();
  const half = await untilRun(admin, ({ devices }) => devices.done > 100);
  expect(half.discovery.run).toMatchObject({ state: 'running', rooms: { found: 250 } });
  const rooms = page.getByRole('progressbar', { name: en.admin.discovery.rooms });
  await expect(rooms).toHaveAttribute('max', '250');
  await expect(rooms).toHaveAttribute('value', /^[12]\d\d$/);
  await untilFound(admin, 90_000);
  await expect(state(page, 'done'), 'the screen hears that it is over').toBeVisible();
  await expect(rooms).toHaveAttribute('value', '250');

  const { groups, devices } = world;
  expect(await known(admin)).toEqual({ rooms: 250, groups, devices });
  const service = await serviceOf(admin);
  expect(service.inventory).toMatchObject({ rooms: 250, devices, notObserved: 0 });
  expect(await metered(simulator)).toEqual({ calls: costOf(world), counted: costOf(world), refused: 0 });
  expect(service.budget.spent).toBe(costOf(world));
  expect(service.budget.byDay.map(({ purpose }) => purpose)).toEqual(['discovery']);
  await admin.dispose();
  await Promise.all([web.close(), watch.close()]);
  await close();
});

test('an empty installation discovers everything at start, and a later run finds what changed', async ({
  page,
  context,
}) => {
  const { simulator, close } = await openSimulator([
    ...['--rooms', '60', '--devices-per-room', '2', '--qps', '0', '--latency-ms', '40'],
  ]);
  const app = await openInstance(simulator, { env: { INSTANCE_ROLE: 'all', DINGTALK_QPS: '60' } });
  const admin = await requestsAs('admin', app.url);
  const world = await countsOf(simulator);
  await untilFound(admin);
  const { rooms, groups, devices } = world;
  expect(await known(admin)).toEqual({ rooms, groups, devices });
  expect(await metered(simulator)).toEqual({ calls: costOf(world), counted: costOf(world), refused: 0 });
  expect((await serviceOf(admin)).discovery.cost).toMatchObject({ calls: costOf(world), allowed: true });

  await simulator.control('DELETE', '/devices/1234');
  await simulator.control('DELETE', '/calls');
  await context.addCookies((await admin.storageState()).cookies);
  await page.goto(`${app.url}/admin`);
  await press(page);
  await expect(state(page, 'running')).toBeVisible();
  const pressed = await admin.post('/api/v1/system/discovery');
  expect(pressed.status()).toBe(202);
  expect(await pressed.json(), 'a second press joins the run').toMatchObject({ started: false });
  await untilFound(admin);
  await expect(state(page, 'done')).toBeVisible();

  const gone = (await (await admin.get('/api/v1/devices?status=removed')).json()) as { items: Named[] };
  expect(gone.items.map(({ deviceId }) => deviceId)).toEqual(['1234']);
  // The room no longer names the device, but discovery queried it before marking it as removed.
  expect((await metered(simulator)).calls).toBe(costOf({ ...world, devices }));
  expect((await serviceOf(admin)).budget.spent).toBe(2 * costOf(world));
  await pause(1_500);
  expect((await serviceOf(admin)).budget.spent, 'then it rests').toBe(2 * costOf(world));
  await admin.dispose();
  await app.close();
  await close();
});

test('pauses discovery with its reason when DingTalk refuses, also on the page', async ({
  page,
  context,
}) => {
  const { simulator, close } = await openSimulator(['--rooms', '20', '--qps', '0']);
  await simulator.control('PUT', '/faults', { path: '/v1.0/rooms/meetingRoomLists', fault: 'scope' });
  const app = await openInstance(simulator, { env: { INSTANCE_ROLE: 'all' } });
  const admin = await requestsAs('admin', app.url);
  const { discovery } = await untilRun(admin, ({ state }) => state === 'paused');
  expect(discovery.run).toMatchObject({ pausedBy: 'dingtalk-refused.scope' });
  await context.addCookies((await admin.storageState()).cookies);
  await page.goto(`${app.url}/admin`);
  await expect(page.getByRole('main')).toContainText(en.problems['dingtalk-refused'].scope.title);
  await admin.dispose();
  await app.close();
  await close();
});
