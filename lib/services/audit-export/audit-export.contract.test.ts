import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#lib/store/store.ts';
import { entry, SEALER } from '#lib/testing/audit.ts';
import { manualClock } from '#lib/testing/clocks/manual-clock.ts';
import { changeDatabase, unguarded } from '#lib/testing/databases/change-database.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';
import { startWebhookServer, type WebhookServer } from '#lib/testing/servers/receivers.ts';
import { BEHIND_AFTER_MS, startAuditExport } from './audit-export.ts';
import type { AuditExport } from './export-lag.ts';
import { createFileSender, type SendEntries } from './send-entries.ts';
import { createWebhookEntries } from './webhook-entries.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe.each(ENGINES)('the audit log on $engine is exported', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  let clock: ReturnType<typeof manualClock>;
  let running: AuditExport[];
  let hook: WebhookServer;
  let folder: string;
  let warnings: string[];
  beforeAll(async () => {
    engine = await start();
    hook = await startWebhookServer();
  });
  afterAll(() => Promise.all([engine.stop(), hook.close()]));
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    // What is signed is checked by the receiver's own clock.
    clock = manualClock(Date.now());
    [running, warnings] = [[], []];
    hook.received.length = 0;
    hook.answers = { status: 204 };
    folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  });
  afterEach(async () => {
    await Promise.all(running.map((each) => each.stop()));
    rmSync(folder, { recursive: true });
  });

  const begin = (send: SendEntries, on = store, instanceId = 'one') => {
    const one = startAuditExport({
      store: on,
      clock,
      sealer: SEALER,
      send,
      address: 'https://log.example.com/',
      instanceId,
      warn: (fact) => void warnings.push(fact),
    });
    running.push(one);
    return one;
  };
  const write = async (count: number) => {
    for (let each = 0; each < count; each += 1) await store.recordAudit(entry({ at: clock.now() }), SEALER);
  };
  /** Lets time pass until the condition holds; the receiver is real and takes real time. */
  const until = async (isSo: () => boolean | Promise<boolean>, stepMs = 250) => {
    const deadline = performance.now() + 60_000;
    while (performance.now() < deadline) {
      if (await isSo()) return;
      await clock.pass(stepMs);
      await delay(2);
    }
    expect.unreachable('the condition was not met within a minute');
  };
  const toHook = () => createWebhookEntries({ url: hook.url, secret: SECRET, clock });
  const seqs = (bodies: readonly string[]): number[] =>
    bodies.flatMap((body) =>
      (JSON.parse(body) as { data: { entries: { seq: number }[] } }).data.entries.map(({ seq }) => seq),
    );
  const received = () => seqs(hook.received.map(({ body }) => body));
  const numbers = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  test('completely and in order, to a file of its owner, continuing after a restart', async () => {
    const path = join(folder, 'audit.jsonl');
    const lines = () =>
      (existsSync(path) ? readFileSync(path, 'utf8') : '')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { seq: number; hash: string; seal: string; at: string });
    await write(230);
    const first = begin(createFileSender(path));
    await until(() => lines().length === 230);
    await first.stop();
    await write(3);
    begin(createFileSender(path));
    await until(() => lines().length === 233);
    expect(lines().map(({ seq }) => seq)).toEqual(numbers(233));
    const [last] = await store.auditChain(232, 1);
    expect(lines().at(-1)).toMatchObject({
      hash: last?.hash,
      seal: last?.seal,
      at: expect.stringMatching(/Z$/),
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('once, by one of several instances, signed according to Standard Webhooks', async () => {
    begin(toHook());
    begin(toHook(), await instanceBeside(engine, store), 'other');
    await write(5);
    await until(() => received().length >= 5);
    await write(5);
    await until(() => received().length >= 10);
    expect(received()).toEqual(numbers(10));
    for (const { headers, body } of hook.received) {
      expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'audit.entries',
      });
      expect(() =>
        new Webhook(SECRET).verify(body.replace('looked-up', 'exported'), headers as never),
      ).toThrow();
    }
  });

  test.each([
    ['an error', { status: 500 }],
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }],
  ])(
    'again after %s, at growing intervals, which is a service issue after five minutes',
    async (_, answers) => {
      hook.answers = answers;
      const sending = begin(toHook());
      await write(2);
      await until(() => hook.received.length === 3);
      expect(await sending.lag()).toBeNull();
      await until(async () => (await sending.lag()) !== null, 5_000);
      expect(await sending.lag()).toMatchObject({
        waiting: 2,
        failure: { reason: `HTTP ${answers.status}` },
      });
      expect(hook.received.length).toBeLessThan(BEHIND_AFTER_MS / 20_000);
      hook.answers = { status: 200 };
      const before = hook.received.length;
      await until(() => hook.received.length > before, 5_000);
      await until(async () => (await sending.lag()) === null, 5_000);
      expect(seqs(hook.received.slice(before).map(({ body }) => body))).toEqual([1, 2]);
      expect(warnings).toContain('audit entries not sent');
    },
  );

  test('from its beginning when the log was cut, or when its position was moved', async () => {
    begin(toHook());
    await write(3);
    await until(() => received().length === 3);
    await changeDatabase(
      engine.place(),
      ...unguarded(engine.place()),
      'delete from audit_entries',
      'delete from audit_head',
    );
    await write(2);
    await until(() => received().length === 5);
    expect(received()).toEqual([1, 2, 3, 1, 2]);
    await write(1);
    const [newest] = await store.auditChain(2, 1);
    await changeDatabase(engine.place(), `update audit_exports set seq = 3, hash = '${newest?.hash}'`);
    await until(() => received().length >= 8);
    expect(received().slice(-3)).toEqual([1, 2, 3]);
  });
});
