import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
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

/** At most six queries for rooms and six for devices run at the same time. */
const UNDER_WAY = 12;

type Crash = {
  rounds: number;
  env: Record<string, string>;
  dataDir?: string;
  /** The lease of a dead instance expires after 20 s, which another test covers; here it is removed. */
  endLease: () => Promise<unknown> | unknown;
};

async function surviveCrashes({ rounds, env, dataDir, endLease }: Crash): Promise<void> {
  const size = ['--rooms', '200', '--qps', '0', '--latency-ms', '40'];
  const { simulator, close } = await openSimulator(size);
  const world = await countsOf(simulator);
  const cost = costOf(world);
  const options = {
    env: { INSTANCE_ROLE: 'all', DINGTALK_QPS: '60', DINGTALK_MONTHLY_CALLS: '5000', ...env },
    ...(dataDir === undefined ? {} : { dataDir }),
  };
  const start = async () => {
    const instance = await openInstance(simulator, options);
    return { instance, admin: await requestsAs('admin', instance.url) };
  };
  let before = 0;
  let underWay = 0;
  for (let round = 1; round <= rounds; round++) {
    const { instance, admin } = await start();
    const service = await serviceOf(admin);
    const counted = await metered(simulator);
    // The calls since the start cannot be compared exactly; the ledger is written before each call is sent.
    expect(service.budget.spent, `round ${round}`).toBeGreaterThanOrEqual(before);
    const enough = Math.floor((cost * round) / (rounds + 2));
    await untilRun(admin, ({ rooms, devices }) => rooms.done + devices.done >= enough);
    await pause(Math.random() * 150);
    await instance.kill();
    expect((await metered(simulator)).calls, 'it was at work').toBeGreaterThan(counted.calls);
    before = (await metered(simulator)).counted;
    underWay += UNDER_WAY;
    await admin.dispose();
    await endLease();
  }
  const { instance, admin } = await start();
  const service = await untilFound(admin);
  const seen = await metered(simulator);
  expect(service.discovery.run).toMatchObject({
    rooms: { found: world.rooms, done: world.rooms, failed: 0 },
    devices: { found: world.devices, done: world.devices, failed: 0 },
  });
  const devices = await wholeList<{ deviceId: string }>(admin, '/api/v1/devices?limit=200');
  expect(new Set(devices.map(({ deviceId }) => deviceId)).size).toBe(world.devices);
  expect(service.inventory).toMatchObject({ rooms: world.rooms, devices: world.devices, notObserved: 0 });
  expect(service.budget.spent, 'never counted short').toBeGreaterThanOrEqual(seen.counted);
  expect(seen.calls, 'hardly anything was asked twice').toBeLessThanOrEqual(cost + underWay);
  expect(service.budget.spent).toBeLessThanOrEqual(cost + 2 * underWay);
  await admin.dispose();
  await instance.close();
  await close();
}

test('a server on SQLite that is killed four times during discovery finds everything and counts every call', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rooms-desk-crash-'));
  const endLease = () => {
    const database = new Sqlite(join(dataDir, 'rooms-desk.sqlite'));
    database.exec('delete from leases');
    database.close();
  };
  await surviveCrashes({ rounds: 4, env: {}, dataDir, endLease });
  rmSync(dataDir, { recursive: true, force: true });
});

test('a server on PostgreSQL that is killed three times during discovery finds everything and counts every call', async ({
  newDatabase,
}) => {
  const DATABASE_URL = await newDatabase();
  const endLease = async () => {
    const client = new pg.Client(DATABASE_URL);
    await client.connect();
    await client.query('delete from leases');
    await client.end();
  };
  await surviveCrashes({ rounds: 3, env: { DATABASE_URL }, endLease });
});
