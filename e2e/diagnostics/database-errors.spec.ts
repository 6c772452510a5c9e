import { execFileSync } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { type App, expect, test } from '../support/app.ts';
import { openInstance, openSimulator } from '../support/app-process.ts';
import { requestsAs, signInByRequest } from '../support/request-as.ts';
import { problemTexts } from '../support/texts.ts';

const QUERY = '/api/v1/devices/query?deviceId=1234';

const callsAt = async (simulator: App['simulator']) => {
  const { paths } = await simulator.control<{ paths: Record<string, { calls: number }> }>('GET', '/calls');
  return paths['GET /v1.0/rooms/devices']?.calls ?? 0;
};

test('reports a full disk, makes no call, shows known data, and recovers when there is space again', async () => {
  const { simulator, close } = await openSimulator(['--rooms', '40', '--qps', '0']);
  const server = await openInstance(simulator, {});
  const support = await requestsAs('support', server.url);
  expect(await (await support.get(QUERY)).json()).toMatchObject({ source: 'live' });

  // The system refuses each write beyond the limit, as it does on a disk that is full.
  const mayGrowTo = (bytes: string) =>
    execFileSync('prlimit', ['--pid', `${server.pid}`, `--fsize=${bytes}:`]);
  mayGrowTo('1');
  const before = await callsAt(simulator);
  const known = await support.get(`${QUERY}&fresh=true`);
  expect(known.status()).toBe(200);
  expect(await known.json()).toMatchObject({
    source: 'last-known',
    device: { deviceId: '1234' },
    notice: { code: 'internal', reason: 'internal.store-full', ...problemTexts('internal.store-full') },
  });
  const unknown = await support.get('/api/v1/devices/query?deviceId=999999');
  expect(unknown.status()).toBe(500);
  expect(await unknown.json()).toMatchObject({ code: 'internal', reason: 'internal.store-full' });
  expect(await callsAt(simulator), 'no call without a line in the ledger').toBe(before);
  for (const path of ['/api/v1/devices', '/api/v1/search?q=1234', '/devices/1234', '/devices', '/']) {
    expect((await support.get(path)).status(), path).toBe(200);
  }

  mayGrowTo('unlimited');
  expect(await (await support.get(`${QUERY}&fresh=true`)).json()).toMatchObject({ source: 'live' });
  await support.dispose();
  await server.close();
  await close();
});

/** A connection to a database that can be cut and restored. */
async function cuttable(url: string) {
  const target = new URL(url);
  const lines = new Set<Socket>();
  const open = (): Server =>
    createServer((here) => {
      const there = connect(Number(target.port), target.hostname);
      for (const line of [here, there]) {
        lines.add(line);
        line
          .on('error', () => undefined)
          .once('close', () => {
            lines.delete(line);
            here.destroy();
            there.destroy();
          });
      }
      here.pipe(there).pipe(here);
    });
  let way = open();
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
  const { port } = way.address() as { port: number };
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return {
    url: through.href,
    cut() {
      way.close();
      for (const line of lines) line.destroy();
    },
    async mend() {
      way = open();
      await new Promise<void>((resolve) => way.listen(port, '127.0.0.1', resolve));
    },
  };
}

test('reports a lost database on pages and in responses, and recovers without a restart', async ({
  newDatabase,
  browser,
}) => {
  test.setTimeout(90_000);
  const database = await cuttable(await newDatabase());
  const { simulator, close } = await openSimulator(['--rooms', '40', '--qps', '0']);
  const server = await openInstance(simulator, { env: { DATABASE_URL: database.url } });
  const page = await browser.newPage({ baseURL: server.url });
  await signInByRequest(page.request, 'support');
  expect((await page.request.get(QUERY)).status()).toBe(200);

  database.cut();
  const before = await callsAt(simulator);
  const words = problemTexts('internal.store-lost');
  await expect
    .poll(async () => (await page.request.get('/api/health/ready')).status(), { timeout: 15_000 })
    .toBe(503);
  const asked = await page.request.get(`${QUERY}&fresh=true`);
  expect(asked.status()).toBe(500);
  expect(await asked.json()).toMatchObject({ code: 'internal', reason: 'internal.store-lost', ...words });
  const drawn = await page.goto('/devices/1234');
  expect(drawn?.status()).toBe(500);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
  await expect(page.getByText(words.hint)).toBeVisible();
  expect(await callsAt(simulator)).toBe(before);

  await database.mend();
  await expect
    .poll(async () => (await page.request.get('/api/health/ready')).status(), { timeout: 15_000 })
    .toBe(200);
  await page.getByRole('button').last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
  expect(await (await page.request.get(`${QUERY}&fresh=true`)).json()).toMatchObject({ source: 'live' });
  await page.close();
  await server.close();
  await close();
});
