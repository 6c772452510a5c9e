import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test as base, expect, type Page } from '@playwright/test';

/** One of the demo's accounts, as its button on the sign-in page is called. */
export type Account = 'viewer' | 'support' | 'admin';

/** A production server and the DingTalk simulator behind it, both for one worker alone. */
export type Desk = {
  url: string;
  simulator: {
    origin: string;
    controlOrigin: string;
    /** Turns the simulated world: `control('POST', '/faults', {...})`. Answers the parsed body, throws on a refusal. */
    control(method: string, path: string, body?: unknown): Promise<unknown>;
  };
  /** Everything both have written so far. */
  logs(): string;
};

/** What a file may ask of its desk, with `test.use({ deskOptions: { env: {...} } })`. Strings only. */
export type DeskOptions = { env?: Record<string, string>; simulatorArgs?: string[] };

type Ready = { ready: true; url: string; simulator: { origin: string; controlOrigin: string } };

export const test = base.extend<{ deskLog: undefined }, { deskOptions: DeskOptions; desk: Desk }>({
  deskOptions: [{}, { option: true, scope: 'worker' }],
  desk: [
    async ({ deskOptions }, use) => {
      const { desk, child } = await startDesk(deskOptions);
      await use(desk);
      await stop(child);
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  deskLog: [
    async ({ desk }, use, testInfo) => {
      const before = desk.logs().length;
      await use(undefined);
      if (testInfo.status === testInfo.expectedStatus) return;
      await testInfo.attach('what the desk wrote', {
        body: desk.logs().slice(before),
        contentType: 'text/plain',
      });
    },
    { auto: true },
  ],
  baseURL: async ({ desk }, use) => use(desk.url),
});

export { expect };

/** Signs in as a demo account the way a person does. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto('/');
  const button = page.getByRole('button', { name: new RegExp(account, 'i') });
  await button.click();
  await expect(button).toBeHidden();
}

async function startDesk(options: DeskOptions): Promise<{ desk: Desk; child: ChildProcess }> {
  const child = spawn(process.execPath, ['scripts/desk-under-test.mjs', JSON.stringify(options)]);
  const lines: string[] = [];
  const logs = () => lines.join('\n');
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as Ready);
      else lines.push(line);
    });
    child.once('close', () => reject(new Error(`The desk under test ended.\n${logs()}`)));
  });
  const { origin, controlOrigin } = ready.simulator;
  const control: Desk['simulator']['control'] = (method, path, body) =>
    askControl(`${controlOrigin}/__control${path}`, method, body);
  return { child, desk: { url: ready.url, simulator: { origin, controlOrigin, control }, logs } };
}

async function askControl(url: string, method: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** Its standard input ending tells it to stop both and to remove their data. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(impatience);
}
