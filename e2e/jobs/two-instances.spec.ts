import type { APIRequestContext } from '@playwright/test';
import pg from 'pg';
import { expect, test } from '../support/app.ts';
import { type Instance, openInstance, openSimulator, type Simulator } from '../support/app-process.ts';
import { cookieOf, openStream } from '../support/event-stream.ts';
import {
  costOf,
  countsOf,
  metered,
  pause,
  serviceOf,
  untilFound,
  untilRun,
  type WorldCounts,
  wholeList,
} from '../support/inventory.ts';
import { requestsAs } from '../support/request-as.ts';
import { en } from '../support/texts.ts';

const RATE = {
  INSTANCE_ROLE: 'all',
  DINGTALK_QPS: '30',
  DINGTALK_MONTHLY_CALLS: '5000',
  FRESH_FOR_SECONDS: '600',
};

type Person = { instance: Instance; support: APIRequestContext; admin: APIRequestContext };

let simulator: Simulator;
let first: Person;
let second: Person;
let world: WorldCounts;
let database = '';
let closeSimulator: () => Promise<void>;

test.describe.configure({ mode: 'serial' });
// Each test continues from the previous one, so a retry starts the servers again.
test.beforeAll(async ({ newDatabase }) => {
  test.setTimeout(120_000);
  ({ simulator, close: closeSimulator } = await openSimulator(['--rooms', '160', '--qps', '40']));
  world = await countsOf(simulator);
  database = await newDatabase();
  [first, second] = await Promise.all([enter(await open()), enter(await open())]);
});
test.afterAll(async () => {
  for (const person of [first, second]) {
    await Promise.all([person?.support.dispose(), person?.admin.dispose()]);
    await person?.instance.close();
  }
  await closeSimulator?.();
});

const open = (env: Record<string, string> = {}) =>
  openInstance(simulator, { env: { ...RATE, DATABASE_URL: database, ...env } });

async function enter(instance: Instance): Promise<Person> {
  const [support, admin] = await Promise.all([
    requestsAs('support', instance.url),
    requestsAs('admin', instance.url),
  ]);
  return { instance, support, admin };
}

/** Sends requests with fetch, so that a hundred run at the same time. */
async function askAtOnce({ instance, support }: Person, path: string, times: number): Promise<number[]> {
  const cookie = await cookieOf(support);
  const one = async () => {
    const response = await fetch(instance.url + path, { headers: { cookie } });
    await response.arrayBuffer();
    return response.status;
  };
  return Promise.all(Array.from({ length: times }, one));
}

/** The lease of a killed instance lasts up to 20 seconds; fifteen of them are taken off it. */
async function letLeaseEndSoon(): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  const { rowCount } = await client.query(
    "update leases set until_at = until_at - 15000 where name = 'duties'",
  );
  await client.end();
  expect(rowCount).toBe(1);
}

const query = (deviceId: string) => `/api/v1/devices/query?deviceId=${deviceId}`;
const deviceIds = async (person: Person) =>
  (await wholeList<{ deviceId: string }>(person.support, '/api/v1/devices?limit=200')).map(
    ({ deviceId }) => deviceId,
  );

test('one of two instances discovers everything while people query both: one rate, one budget, nothing twice', async () => {
  test.setTimeout(120_000);
  const asked = new Set<string>();
  let over = false;
  const asking = async (person: Person, take: 'first' | 'last') => {
    while (!over) {
      const { items } = await (await person.support.get('/api/v1/devices?limit=50&status=idle')).json();
      const known = take === 'first' ? items[0] : items.at(-1);
      if (known) {
        const response = await person.support.get(`${query(known.deviceId)}&fresh=true`);
        expect(response.status()).toBe(200);
        asked.add(((await response.json()) as { observedAt: string }).observedAt);
      }
      await pause(250);
    }
  };
  const people = [asking(first, 'first'), asking(second, 'last')];
  await untilFound(first.admin, 90_000).finally(() => {
    over = true;
  });
  await Promise.all(people);

  const [one, other, seen] = await Promise.all([
    serviceOf(first.admin),
    serviceOf(second.admin),
    metered(simulator),
  ]);
  // The number depends on the machine; both instances must have made progress.
  expect(asked.size, 'people asked meanwhile').toBeGreaterThan(3);
  expect(seen.refused, 'refused for their rate').toBe(0);
  const spentOn = (purpose: string) =>
    one.budget.byDay.filter((day) => day.purpose === purpose).reduce((sum, { calls }) => sum + calls, 0);
  expect(spentOn('discovery'), 'discovery once, not once for each').toBe(costOf(world));
  expect(spentOn('look-up')).toBe(asked.size);
  expect(one.budget.spent).toBe(seen.counted);
  expect(other.budget.spent).toBe(one.budget.spent);
  expect(one.inventory).toMatchObject({ rooms: world.rooms, devices: world.devices, notObserved: 0 });
  expect(other.inventory).toEqual(one.inventory);
  expect((await deviceIds(second)).sort()).toEqual((await deviceIds(first)).sort());
});

test('50 people on each instance who query one device at once make one call', async () => {
  const [deviceId = ''] = await deviceIds(first);
  await simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'slow', ms: 2_000 });
  await simulator.control('DELETE', '/calls');
  // Later queries are forced, so the test waits until all of them have arrived.
  const path = `${query(deviceId)}&fresh=true`;
  const statuses = await Promise.all([askAtOnce(first, path, 50), askAtOnce(second, path, 50)]);
  expect(new Set(statuses.flat())).toEqual(new Set([200]));
  expect(await metered(simulator)).toMatchObject({ calls: 1 });
  await simulator.control('DELETE', '/faults');
});

test('a reading of one instance appears on a stream, a list and a page of the other', async ({
  page,
  context,
}) => {
  const deviceId =
    (await wholeList<{ deviceId: string }>(first.support, '/api/v1/devices?status=idle'))[0]?.deviceId ?? '';
  await context.addCookies((await second.support.storageState()).cookies);
  const fleet = await context.newPage();
  const live = (each: typeof page) => each.waitForResponse('**/api/v1/live*');
  const listening = Promise.all([live(page), live(fleet)]);
  await page.goto(`${second.instance.url}/devices/${deviceId}`);
  await fleet.goto(`${second.instance.url}/devices?q=${deviceId}`);
  const shown = [page.getByRole('article'), fleet.getByRole('main').getByRole('table')];
  for (const where of shown) await expect(where.getByText(en.status.idle, { exact: true })).toBeVisible();
  await listening;
  const stream = await openStream(second.instance.url, second.support);
  await simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: 'conf_running' });

  const response = await first.support.get(`${query(deviceId)}&fresh=true`);
  expect(response.status()).toBe(200);
  const pushed = stream.until(({ event, data }) => event === 'reading' && data.deviceId === deviceId, 15_000);
  const visible = shown.map((where) =>
    expect(where.getByText(en.status['in-meeting'], { exact: true })).toBeVisible(),
  );
  await Promise.all([pushed, ...visible]);
  stream.close();
});

test('when the instance that runs discovery is killed, the other one finishes the run', async ({
  newDatabase,
}) => {
  test.setTimeout(150_000);
  await Promise.all([first.instance.close(), second.instance.close()]);
  await simulator.control('POST', '/reset');
  database = await newDatabase();
  // The instance that starts alone runs discovery, slowly enough that it is still running when the other one has started.
  const holder = await enter(await open({ INSTANCE_ROLE: 'worker', DINGTALK_QPS: '15' }));
  await untilRun(holder.admin, ({ rooms }) => rooms.done > 5);
  second = await enter(await open());
  await untilRun(holder.admin, ({ devices }) => devices.done > 50);
  await holder.instance.kill();
  await letLeaseEndSoon();
  const { discovery } = await serviceOf(second.admin);
  expect(discovery.run, 'it was in the middle').toMatchObject({ state: 'running' });
  await untilFound(second.admin, 90_000);

  const [service, seen] = await Promise.all([serviceOf(second.admin), metered(simulator)]);
  expect(service.inventory).toMatchObject({ rooms: world.rooms, devices: world.devices, notObserved: 0 });
  expect(service.budget.spent, 'never counted short').toBeGreaterThanOrEqual(seen.counted);
  expect(seen.refused).toBe(0);
  // The calls in progress when the instance died were repeated: at most six for rooms and six for devices.
  expect(seen.calls).toBeLessThanOrEqual(costOf(world) + 12);
  await Promise.all([holder.support.dispose(), holder.admin.dispose()]);
});
