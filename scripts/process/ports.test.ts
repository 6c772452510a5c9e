import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, expect, test, vi } from 'vitest';
import { freePort, PortTaken, startOnPort } from './ports.mjs';

const FIRST_PORT = 20_000;

afterEach(() => vi.restoreAllMocks());

/** The random choice falls on this port first, and on the next ones after it. */
function chooseFrom(port: number): void {
  let next = port;
  vi.spyOn(Math, 'random').mockImplementation(() => (next++ - FIRST_PORT) / 12_000 + 1e-9);
}

test('a chosen port is not chosen again before it is used, by this process or another one', async () => {
  const chooser = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { freePort } from './scripts/process/ports.mjs';
     console.log(await freePort());
     process.stdin.resume().on('end', () => process.exit());`,
  ]);
  const [line] = (await once(createInterface({ input: chooser.stdout }), 'line')) as [string];
  const theirs = Number(line);
  chooseFrom(theirs);
  const ours = await freePort();
  expect(ours).toBeGreaterThan(theirs);
  chooseFrom(ours);
  expect(await freePort()).toBeGreaterThan(ours);
  chooser.stdin.end();
  await once(chooser, 'close');
});

test('does not choose a port on which something listens', async () => {
  const port = await freePort();
  const server = createServer().listen(port + 1, '127.0.0.1');
  await once(server, 'listening');
  chooseFrom(port + 1);
  expect(await freePort()).toBeGreaterThan(port + 1);
  server.close();
});

test('repeats a start whose port is taken, and no other failure', async () => {
  const tried: number[] = [];
  const start = (failure: Error) => async (port: number) => {
    tried.push(port);
    if (tried.length === 1) throw failure;
    return port;
  };
  expect(await startOnPort(start(new PortTaken('in use')))).toBe(tried[1]);
  expect(tried[0]).not.toBe(tried[1]);
  tried.length = 0;
  expect(await startOnPort(start(new PortTaken('in use')), 4_711), 'a given port stays').toBe(4_711);
  tried.length = 0;
  await expect(startOnPort(start(new Error('no database')))).rejects.toThrow('no database');
  expect(tried).toHaveLength(1);
});
