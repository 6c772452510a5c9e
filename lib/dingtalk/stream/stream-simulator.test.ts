import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDingTalk } from '#lib/dingtalk/dingtalk.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';
import type { Stream } from './stream.ts';

/** The members of the simulator's stream state that these tests check. */
type EventLedger = {
  stream: {
    connections: {
      open: { id: string; pings: { answered: number; wrong: number } }[];
      ever: number;
      mostAtOnce: number;
    };
  };
  counts: { made: number; waiting: number; acknowledged: number };
};

let simulator: SimulatorProcess;
let dingtalk: ReturnType<typeof createDingTalk>;
let stream: Stream | null = null;
let kept: string[] = [];

const open = (
  options: { secret?: string; take?: (event: ReceivedEvent) => Promise<'kept' | 'later'> } = {},
) => {
  const { origin } = simulator;
  dingtalk = createDingTalk({
    apiOrigin: origin,
    oapiOrigin: origin,
    loginOrigin: origin,
    clientId: 'dingsimulator',
    clientSecret: options.secret ?? 'simulator-secret',
    corpId: null,
    callsPerSecond: 60,
    clock: systemClock,
    random: () => 0,
  });
  const take = options.take ?? (async () => 'kept' as const);
  const onEvent = async (event: ReceivedEvent) => {
    const outcome = await take(event);
    if (outcome === 'kept') kept.push(event.eventId);
    return outcome;
  };
  stream = dingtalk.openStream({ onEvent, onState: () => undefined });
  return stream;
};
const eventLedger = () => simulator.control<EventLedger>('GET', '/events');
const send = (eventId: string) =>
  simulator.control('POST', '/events', {
    type: 'unknown',
    eventType: 'a_type',
    eventId,
    transport: 'stream',
  });
const soon = <T>(condition: () => T | Promise<T>) =>
  vi.waitUntil(condition, { timeout: 60_000, interval: 50 });

beforeAll(async () => {
  simulator = await startSimulatorProcess();
});
beforeEach(async () => {
  kept = [];
  await simulator.control('POST', '/reset');
  // Three seconds, a minute and ten seconds are hundredths here.
  await simulator.control('PUT', '/events/stream', { speed: 20 });
});
afterEach(async () => {
  await stream?.stop();
  await dingtalk.close();
  // The server detects the end of a connection slightly later.
  await soon(async () => (await eventLedger()).stream.connections.open.length === 0);
});
afterAll(() => simulator.stop());

describe('a stream from the simulator', () => {
  test('delivers events, and their acknowledgements arrive', async () => {
    open();
    await send('one');
    await soon(() => kept.includes('one'));
    await soon(async () => (await eventLedger()).counts.acknowledged === 1);
    expect(stream?.state()).toMatchObject({ state: 'open', connectionsMade: 1, events: 1, problem: null });
  });

  test('receives an event again that could not be stored', async () => {
    let tries = 0;
    open({
      take: async () => {
        tries += 1;
        if (tries === 1) throw new Error('the disk is full');
        return tries === 2 ? 'later' : 'kept';
      },
    });
    await send('one');
    await soon(() => kept.length === 1);
    expect(tries).toBe(3);
    expect(stream?.state()).toMatchObject({ events: 3, later: 2 });
  });

  test('reconnects immediately when DingTalk announces a disconnect, and loses nothing', async () => {
    open();
    await soon(() => stream?.state().state === 'open');
    for (const round of [1, 2, 3]) {
      await simulator.control('POST', '/events/stream', { do: 'disconnect' });
      await send(`during ${round}`);
      await soon(() => kept.includes(`during ${round}`));
    }
    await soon(async () => (await eventLedger()).stream.connections.open.length === 1);
    const { connections } = (await eventLedger()).stream;
    expect(connections.ever).toBe(4);
    expect(connections.mostAtOnce).toBeLessThanOrEqual(4);
    expect(kept).toHaveLength(3);
  });

  test('answers pings and survives invalid frames', async () => {
    open();
    await soon(() => stream?.state().state === 'open');
    for (const what of ['ping', 'garbage', 'keepalive', 'connected', 'registered']) {
      await simulator.control('POST', '/events/stream', { do: what });
    }
    await send('after');
    await soon(() => kept.includes('after'));
    const [link] = (await eventLedger()).stream.connections.open;
    expect(link?.pings).toMatchObject({ answered: 1, wrong: 0 });
    expect(stream?.state().garbage).toBeGreaterThan(0);
  });

  test('reconnects after a connection was cut in the middle of a frame', async () => {
    open();
    await soon(() => stream?.state().state === 'open');
    await send('before');
    await soon(() => kept.includes('before'));
    await simulator.control('POST', '/events/stream', { do: 'cut' });
    await send('after');
    await soon(() => kept.includes('after'));
    expect((await eventLedger()).stream.connections.mostAtOnce).toBe(1);
  });

  test('reports wrong credentials, and retries slowly', async () => {
    open({ secret: 'wrong' });
    await soon(() => stream?.state().state === 'waiting');
    const { problem, retryAt } = stream?.state() ?? {};
    expect(problem).toBe('dingtalk-refused.credentials');
    expect((retryAt ?? 0) - Date.now()).toBeGreaterThan(20_000);
  });

  test('finishes events in progress when it is stopped', async () => {
    const take = async () => {
      await systemClock.sleep(300);
      return 'kept' as const;
    };
    open({ take });
    await send('in hand');
    await soon(() => stream?.state().lastHeardAt !== null);
    await stream?.stop();
    expect(kept).toEqual(['in hand']);
    expect(stream?.state().state).toBe('stopped');
  });
});
