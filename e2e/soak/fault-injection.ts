import { setTimeout as pause } from 'node:timers/promises';
import type { Simulator } from '../support/app-process.ts';
import { pick, type World } from './expected-world.ts';

/** Faults that end without intervention; a ban would only block everything for five minutes. */
const ON_DEVICES = [
  ...['reset', 'truncated', 'wrong-types', 'empty', 'null-result', 'invalid-utf8', 'gzip-bomb', 'huge'],
  ...['html-502', 'html-200', 'http-500', 'errcode-200', 'redirect', 'busy', 'qps', 'qps-api', 'scope'],
  ...['operator', 'quota', 'operation-timeout', 'gateway-timeout', 'hang', 'slow', 'clock-skew'],
];
const ON_EVERYTHING = ['reset', 'http-500', 'html-502', 'busy', 'token-expired', 'token-revoked', 'slow'];
const ON_THE_STREAM = ['close', 'cut', 'disconnect', 'garbage', 'expire-tickets'];

/** Counts the faults of each kind. */
export type FaultInjection = { stop(): Promise<Record<string, number>> };

/** Changes the simulated world and sets one fault after another until it is stopped. */
export function injectFaults(simulator: Simulator, world: World): FaultInjection {
  const ordered: Record<string, number> = {};
  const over = new AbortController();
  const order = async (name: string, method: string, path: string, body: object) => {
    await simulator.control(method, path, body);
    ordered[name] = (ordered[name] ?? 0) + 1;
  };
  const repeat = async (every: number, turn: () => Promise<unknown>) => {
    while (!over.signal.aborted) {
      await turn();
      await pause(every * (0.5 + Math.random()), null, over).catch(() => undefined);
    }
  };
  const fault = (path: string, names: readonly string[]) => {
    const name = pick(names);
    const times = 1 + Math.floor(Math.random() * 4);
    return order(name, 'PUT', '/faults', {
      path,
      fault: name,
      times,
      ...(name === 'slow' ? { ms: 700 } : {}),
    });
  };
  const running = [
    repeat(500, () => world.change()),
    repeat(1_500, () => fault('/v1.0/rooms/devices', ON_DEVICES)),
    repeat(7_000, () => fault('*', ON_EVERYTHING)),
    repeat(17_000, () => {
      const what = pick(ON_THE_STREAM);
      return order(`stream: ${what}`, 'POST', '/events/stream', { do: what });
    }),
    repeat(23_000, () => order('refuse', 'PUT', '/faults', { path: '*', fault: 'refuse', seconds: 1 })),
  ];
  return {
    async stop() {
      over.abort();
      await Promise.all(running);
      await simulator.control('DELETE', '/faults');
      return ordered;
    },
  };
}
