import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { demoEnvironment } from '../../scripts/commands/demo-environment.mjs';
import { startApp } from '../../scripts/process/app-process.mjs';
import { freePort, startOnPort } from '../../scripts/process/ports.mjs';
import { openSimulator, type Simulator } from '../support/app-process.ts';

let dataDir: string;
let simulator: Awaited<ReturnType<typeof openSimulator>>;

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rooms-desk-start-'));
  simulator = await openSimulator(['--rooms', '5']);
});
test.afterAll(async () => {
  await simulator.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const environment = (port: number, { origin }: Simulator) =>
  demoEnvironment({
    port,
    simulatorOrigin: origin,
    dataDir,
    secret: 'a secret for tests alone, of some length',
  });

/** Starts the production server the way a service manager does. */
async function start(simulator: Simulator, env: Record<string, string> = {}) {
  const port = await freePort();
  const demo = environment(port, simulator);
  const server = spawn(process.execPath, ['scripts/commands/start.mjs'], {
    env: { ...process.env, ...demo, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return { server, url: `http://127.0.0.1:${port}`, exited: once(server, 'exit') };
}

const isReady = (url: string) =>
  fetch(`${url}/api/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Processes whose parent is this one, threads aside. */
const childrenOf = ({ pid }: ChildProcess) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();

test('the start command becomes the server, and signals end it gracefully', async () => {
  test.skip(process.platform !== 'linux', 'Reads /proc.');
  const { server, url, exited } = await start(simulator.simulator);
  await expect.poll(() => isReady(url), { timeout: 60_000 }).toBe(true);
  expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).toContain('serve.mjs');
  expect(childrenOf(server)).toBe('');
  // As Ctrl-C does under npm, which forwards a signal that the terminal has already sent.
  server.kill('SIGINT');
  server.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
});

test('the start command ends with the exit code of a server that cannot start', async () => {
  const { server, exited } = await start(simulator.simulator, { AUTH_SECRET: 'short' });
  let said = '';
  server.stderr?.on('data', (data) => {
    said += data;
  });
  expect(await exited).toEqual([1, null]);
  expect(said).toContain('AUTH_SECRET');
});

test('a server whose port was taken before it listened is started on another port', async () => {
  const other = createServer((_, response) => void response.writeHead(503).end()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port: taken } = other.address() as AddressInfo;
  const tried: number[] = [];
  const server = await startOnPort(async (free) => {
    const port = tried.length === 0 ? taken : free;
    tried.push(port);
    const env = environment(port, simulator.simulator);
    return startApp(process.execPath, { port, hostname: '127.0.0.1', env });
  });
  expect(tried).toEqual([taken, expect.any(Number)]);
  expect(await isReady(`http://127.0.0.1:${tried[1]}`)).toBe(true);
  await server.stop();
  other.close();
});

test('a server that cannot start for another reason is not started again', async () => {
  let starts = 0;
  const server = startOnPort((port) => {
    starts += 1;
    const env = { ...environment(port, simulator.simulator), AUTH_SECRET: 'short' };
    return startApp(process.execPath, { port, hostname: '127.0.0.1', env });
  });
  await expect(server).rejects.toThrow('AUTH_SECRET');
  expect(starts).toBe(1);
});
