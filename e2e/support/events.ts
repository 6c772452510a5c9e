import { EVENT_APP } from '../simulator/events/event-app.ts';
import { expect } from './app.ts';
import type { App, AppOptions } from './app-process.ts';

export type Transport = 'callback' | 'stream';

const SECRETS = { DINGTALK_EVENT_TOKEN: EVENT_APP.token, DINGTALK_EVENT_AES_KEY: EVENT_APP.aesKey };

/** The environment of a server that receives events by this transport. */
export const eventEnvironment = (transport: Transport): Record<string, string> => ({
  INSTANCE_ROLE: 'all',
  DINGTALK_EVENTS: transport,
  ...(transport === 'callback' ? SECRETS : {}),
});

/** A small world that is discovered quickly, with events by this transport. */
export const eventOptions = (transport: Transport): AppOptions => ({
  env: { ...eventEnvironment(transport), DINGTALK_QPS: '60', FRESH_FOR_SECONDS: '600' },
  simulatorArgs: ['--rooms', '40', '--qps', '0', '--monthly', '1000000'],
});

/** The deliveries of events according to the simulator. */
export type Sent = {
  stream: { connections: { now: number; ever: number; mostAtOnce: number } };
  counts: { made: number; waiting: number; acknowledged: number; failed: number; dropped: number };
};

/** Connects the transport from DingTalk's side: saves the callback address, or waits for the stream. */
export async function openTransport(
  { url, simulator }: Pick<App, 'url' | 'simulator'>,
  transport: Transport,
): Promise<void> {
  if (transport === 'callback') {
    await simulator.control('PUT', '/events/callback', { url: `${url}/api/dingtalk/events`, speed: 20 });
    const check = await simulator.control<{ accepted: boolean }>('POST', '/events/callback/check');
    expect(check.accepted, 'the address can be saved in the console').toBe(true);
  } else {
    await simulator.control('PUT', '/events/stream', { speed: 20 });
    await expect.poll(async () => (await sent(simulator)).stream.connections.now).toBe(1);
  }
}

export const sent = ({ control }: App['simulator']) => control<Sent>('GET', '/events');

/** Waits until DingTalk has received an acknowledgement for each event. */
export const untilAcknowledged = (simulator: App['simulator'], count: number) =>
  expect
    .poll(async () => (await sent(simulator)).counts, { timeout: 60_000 })
    .toMatchObject({
      acknowledged: count,
      waiting: 0,
    });
