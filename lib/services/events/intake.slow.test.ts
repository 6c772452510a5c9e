import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openPostgresStore } from '#lib/store/postgres.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';
import type { PostgresServer } from '#lib/testing/databases/postgres-server.ts';
import { sharedPostgres } from '#lib/testing/databases/shared-postgres.ts';
import type { IntakeOptions } from '#lib/testing/intake-process.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';

/** INTAKE_ROUNDS sets more; each round includes a start and a kill. */
const ROUNDS = Number(process.env.INTAKE_ROUNDS ?? 3);
const EVENTS_A_ROUND = 6;
const PATIENCE_MS = 180_000 + ROUNDS * 20_000;
const STATUSES = ['idle', 'projection', 'conf_incoming', 'conf_running', 'white_board'];
const EVENT_KEYS = { token: 'simulator', aesKey: 'DingTalkSimulatorAesKeyForCallbackEvents000' };

type Transport = IntakeOptions['transport'];
type Event = { eventId: string; deliveries: { state: string }[] };

let postgres: PostgresServer;
const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-intake-'));
beforeAll(async () => {
  postgres = await sharedPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An intake under way; it ends by being killed. */
async function startIntake(
  options: IntakeOptions,
): Promise<{ url: string | null; kill: () => Promise<void> }> {
  const args = ['--conditions=react-server', 'lib/testing/intake-process.ts', JSON.stringify(options)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string | null>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The intake ended before it was ready.')));
    if (child.stdout)
      createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line).url));
  });
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const random = (below: number) => Math.floor(Math.random() * below);
const soon = (condition: () => Promise<boolean>) =>
  vi.waitUntil(condition, { timeout: 60_000, interval: 50 });

async function surviveKills(
  transport: Transport,
  database: string,
  open: () => Promise<Store>,
): Promise<void> {
  const simulator = await startSimulatorProcess(['--rooms', '12']);
  try {
    await killOften(simulator, transport, database, open);
  } finally {
    await simulator.stop();
  }
}

async function killOften(
  simulator: SimulatorProcess,
  transport: Transport,
  database: string,
  open: () => Promise<Store>,
): Promise<void> {
  // DingTalk's ten and thirty seconds are a tenth here; its three seconds are longer, because many events arrive at
  // once.
  if (transport === 'stream') await simulator.control('PUT', '/events/stream', { speed: 4 });
  const devices = await devicesOf(simulator);
  const begin = async () => {
    const intake = await startIntake({
      transport,
      database,
      origin: simulator.origin,
      port: 0,
      ...EVENT_KEYS,
    });
    if (intake.url) await simulator.control('PUT', '/events/callback', { url: intake.url, speed: 10 });
    return intake;
  };
  const send = async (deviceId: string, index: number) => {
    const properties = { dev_app_status: STATUSES[index % STATUSES.length] };
    await simulator.control('POST', '/events', { type: 'property', deviceId, transport, properties });
  };
  let sent = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    const intake = await begin();
    const sending = Array.from({ length: EVENTS_A_ROUND }, () =>
      send(devices[random(devices.length)] ?? '', sent++),
    );
    const dying = new Promise((resolve) => setTimeout(resolve, random(120)));
    await Promise.all([...sending, dying]);
    await intake.kill();
  }
  const last = await begin();
  for (const deviceId of devices) await send(deviceId, sent++);
  const eventLedger = () =>
    simulator.control<{ events: Event[]; counts: { waiting: number } }>('GET', '/events');
  await soon(async () => (await eventLedger()).counts.waiting === 0);
  const { events } = await eventLedger();
  // Events that DingTalk gave up before the last start may be lost; acknowledged ones may not.
  const lost = events.slice(-devices.length).filter(({ deliveries }) => !isAcknowledged(deliveries));
  expect(lost, 'what was sent last was taken').toEqual([]);
  await last.kill();
  expect(events).toHaveLength(sent);
  const acknowledged = events.filter(({ deliveries }) => isAcknowledged(deliveries));
  await expectKept(await open(), simulator, devices, acknowledged);
}

const isAcknowledged = (deliveries: Event['deliveries']) =>
  deliveries.some(({ state }) => state === 'acknowledged');

async function devicesOf(simulator: SimulatorProcess): Promise<string[]> {
  type Scenario = { deviceId: string };
  const { scenarios } = await simulator.control<{ scenarios: Record<string, Scenario> }>('GET', '/world');
  return [...new Set(Object.values(scenarios).map(({ deviceId }) => deviceId))].slice(0, 5);
}

/** Expects every acknowledged event once, and each device as at DingTalk. */
async function expectKept(
  store: Store,
  simulator: SimulatorProcess,
  devices: string[],
  acknowledged: Event[],
) {
  const { items } = await store.events({ deviceId: null, type: null }, null, 10_000);
  const kept = items.map(({ eventId }) => eventId);
  expect(new Set(kept).size, 'each once').toBe(kept.length);
  const missing = acknowledged.filter(({ eventId }) => !kept.includes(eventId));
  expect(missing, 'what was acknowledged is there').toEqual([]);
  const words: Record<string, string> = {
    idle: 'idle',
    projection: 'casting',
    conf_incoming: 'ringing',
    conf_running: 'in-meeting',
    white_board: 'whiteboard',
  };
  const known = await store.devicesByKeys(devices);
  for (const deviceId of devices) {
    const record = await simulator.control<{ deviceStatus: string }>('GET', `/devices/${deviceId}`);
    const state = known.find(({ key }) => key === deviceId)?.state;
    expect([deviceId, state]).toEqual([deviceId, words[record.deviceStatus]]);
  }
  await store.close();
}

describe.each(['callback', 'stream'] as Transport[])(
  'an intake by %s that is killed repeatedly',
  (transport) => {
    test('loses no acknowledged event and applies none twice on SQLite', {
      timeout: PATIENCE_MS,
    }, async () => {
      const database = join(folder, transport);
      await surviveKills(transport, database, () => openSqliteStore(database, KEYS));
    });

    test('loses no acknowledged event and applies none twice on PostgreSQL', {
      timeout: PATIENCE_MS,
    }, async () => {
      const database = await postgres.newDatabase();
      await surviveKills(transport, database, () => openPostgresStore(database, KEYS));
    });
  },
);
