import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDingTalk } from '#lib/dingtalk/dingtalk.ts';
import { NO_REQUEST } from '#lib/domain/access/access.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { createOwnOrganisation } from '#lib/services/access/own-organisation.ts';
import { createAudit } from '#lib/services/audit/audit.ts';
import { receiveEvent } from '#lib/services/events/receive-event.ts';
import { openSqliteStore } from '#lib/store/sqlite.ts';
import type { Store } from '#lib/store/store.ts';
import { SEALER } from '#lib/testing/audit.ts';
import { KEYS } from '#lib/testing/keys.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';

/** Minutes of DingTalk's time; HOSTILE_MINUTES sets sixty. */
const MINUTES = Number(process.env.HOSTILE_MINUTES ?? 3);
/** How much faster time goes, at either end. */
const SPEED = 20;
/** The interval of faults in DingTalk's time: shorter on average than the detection of a half-open connection. */
const CALM_MS = 25_000;

const HOSTILITIES = [
  'disconnect',
  'close',
  'cut',
  'silence',
  'garbage',
  'ping',
  'expire-tickets',
  'cutFrames',
];
type EventLedger = {
  stream: { connections: { open: { id: number; state: string }[]; ever: number; mostAtOnce: number } };
  counts: { waiting: number };
  events: { eventId: string; deliveries: { state: string }[] }[];
};

const fast: Clock = {
  now: () => systemClock.now(),
  elapsed: () => systemClock.elapsed() * SPEED,
  sleep: (ms, signal) => systemClock.sleep(ms / SPEED, signal),
};

let simulator: SimulatorProcess;
let store: Store;
const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-hostile-'));
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--qps', '0']);
  store = await openSqliteStore(folder, KEYS);
});
afterAll(async () => {
  await simulator.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

const eventLedger = () => simulator.control<EventLedger>('GET', '/events');
const random = (below: number) => Math.floor(Math.random() * below);
const inUse = () => process.getActiveResourcesInfo().filter((name) => /TCPSocket|Timeout/.test(name)).length;

async function beHostile(): Promise<void> {
  const what = HOSTILITIES[random(HOSTILITIES.length)];
  if (what === 'cutFrames') await simulator.control('PUT', '/events/hostility', { cutFrames: 1 + random(2) });
  else await simulator.control('POST', '/events/stream', { do: what });
}

test('a stream under hostile conditions loses no event, has one connection at a time and leaves nothing behind', {
  timeout: 120_000 + (MINUTES * 60_000 * 3) / SPEED,
}, async () => {
  await simulator.control('PUT', '/events/stream', { speed: SPEED, pingSeconds: 15, greets: true });
  await simulator.control('PUT', '/events/hostility', { duplicates: 2 });
  const before = inUse();
  const { origin } = simulator;
  const dingtalk = createDingTalk({
    apiOrigin: origin,
    oapiOrigin: origin,
    loginOrigin: origin,
    clientId: 'dingsimulator',
    clientSecret: 'simulator-secret',
    corpId: null,
    callsPerSecond: 60,
    clock: fast,
    random: Math.random,
  });
  const context = {
    store,
    clock: systemClock,
    organisation: createOwnOrganisation(store, 'dingsimcorp', systemClock),
    audit: createAudit({ store, sealer: SEALER, clock: systemClock, warn: () => undefined }),
  };
  const stream = dingtalk.openStream({
    onEvent: async (event) => {
      await receiveEvent(context, event, 'stream', NO_REQUEST);
      return 'kept';
    },
    onState: () => undefined,
  });
  await vi.waitUntil(() => stream.state().state === 'open', { timeout: 60_000 });
  const end = fast.elapsed() + MINUTES * 60_000;
  const sent: string[] = [];
  let next = fast.elapsed();
  let most = 0;
  while (fast.elapsed() < end) {
    const eventId = `event ${sent.length}`;
    sent.push(eventId);
    await simulator.control('POST', '/events', {
      type: 'unknown',
      eventType: 't',
      eventId,
      transport: 'stream',
    });
    if (fast.elapsed() >= next) {
      await beHostile();
      next = fast.elapsed() + random(2 * CALM_MS);
    }
    const { open } = (await eventLedger()).stream.connections;
    most = Math.max(most, open.filter(({ state }) => state !== 'leaving').length);
    await fast.sleep(random(2_000));
  }
  await simulator.control('PUT', '/events/hostility', { cutFrames: 0 });
  await vi.waitUntil(async () => (await eventLedger()).counts.waiting === 0, {
    timeout: 60_000,
    interval: 100,
  });
  const { connections } = (await eventLedger()).stream;
  expect(most, 'connections that events come by').toBe(1);
  expect(connections.ever, 'it was hostile').toBeGreaterThan(2);

  const kept = new Set<string>();
  for (let cursor: string | null = null; ; ) {
    const page = await store.events({ deviceId: null, type: null }, cursor, 500);
    for (const { eventId } of page.items) kept.add(eventId);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  expect(sent.filter((eventId) => !kept.has(eventId))).toEqual([]);

  await stream.stop();
  await dingtalk.close();
  await vi.waitUntil(async () => (await eventLedger()).stream.connections.open.length === 0, {
    timeout: 60_000,
  });
  await vi.waitUntil(() => inUse() <= before, { timeout: 60_000, interval: 100 });
});
