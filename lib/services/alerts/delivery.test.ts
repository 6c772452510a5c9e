import { type AddressInfo, createServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelAsked } from '#lib/api/alerts/alert-requests.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { reading } from '#lib/testing/reading.ts';
import {
  type MailServer,
  startMailServer,
  startWebhookServer,
  type WebhookServer,
} from '#lib/testing/servers/receivers.ts';
import { GATHER_MS } from './alert-state.ts';
import { TRIED_FOR_MS } from './back-off.ts';
import { addChannel, removeChannel, testChannel } from './channels.ts';
import { createSender } from './deliver-notifications.ts';
import { describeAlerts, listDeliveries, sendAgain } from './describe-alerts.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { createMailSender } from './mail-sender.ts';
import { addRule } from './rules.ts';
import { isWebhookSecret, signedHeaders } from './webhook.ts';

const admin = person('admin');
const MINUTE = 60_000;
const never = new AbortController().signal;
const SIGNED = `SECsimulated${'0'.repeat(52)}`;

let app: App;
let hook: WebhookServer;
let mail: MailServer;

beforeAll(async () => {
  mail = await startMailServer();
  app = await openApp({ smtpUrl: mail.url });
});
beforeEach(async () => {
  await app.reset();
  hook = await startWebhookServer();
  mail.received.length = 0;
  mail.refusing = null;
  await recordKnownWorld(app.services.store, app.clock.now() - 60 * MINUTE);
});
afterEach(() => hook.close());
afterAll(async () => {
  await app.close();
  await mail.close();
});

const common = { name: 'On duty', locale: 'en', zone: 'Asia/Shanghai' } as const;
const robotUrl = (token: string) => `${app.simulator.origin}/robot/send?access_token=${token}`;
const add = (asked: Partial<ChannelAsked>) =>
  addChannel(app.services, callerOf(admin), { ...common, kind: 'webhook', ...asked });
const messages = async () =>
  (await app.simulator.control<{ messages: { title: string; text: string }[] }>('GET', '/robots')).messages;
const rule = (channelIds: string[]) =>
  addRule(app.services, callerOf(admin), {
    name: 'Offline',
    on: true,
    which: { codes: ['offline'] },
    channelIds,
    scope: { everything: true, groups: [], rooms: [], devices: [] },
    raiseAfterMs: MINUTE,
    resolveAfterMs: 0,
  });

/** One pass of the duty: decides, sends, and waits until all is sent. */
async function pass() {
  await evaluateAlerts(app.services);
  const sender = createSender(app.services);
  await sender.pass(never);
  await sender.settled();
}

/** Raises an issue of a device and evaluates the alerts. */
async function goOffline(key = '1001') {
  await app.services.store.recordIssues(key, ['offline'], app.clock.now() - MINUTE);
  await pass();
  app.clock.move(GATHER_MS);
  await pass();
}
const log = async () => (await listDeliveries(app.services, admin, { before: null, limit: 50 })).items;

describe('a group robot', () => {
  test('receives the room, the start, a link and the next step, and the resolution', async () => {
    const { channelId } = await add({ kind: 'robot', url: robotUrl('simulatedsignedrobot'), secret: SIGNED });
    await rule([channelId]);
    await goOffline();
    const [alert] = await messages();
    expect(alert?.title).toBe('The device is offline · Wall screen, 大会议室');
    expect(alert?.text).toContain('https://desk.example.com/devices/1001)');
    expect(alert?.text).toMatch(/Since .* GMT\+8/);
    expect(alert?.text).toContain('Next: ');
    await app.services.store.recordIssues('1001', [], app.clock.now());
    await pass();
    await pass();
    expect((await messages()).map(({ title }) => title)).toEqual([
      'The device is offline · Wall screen, 大会议室',
      'Resolved: The device is offline · Wall screen, 大会议室',
    ]);
    expect((await log()).map(({ kind, state }) => [kind, state])).toEqual([
      ['resolved', 'sent'],
      ['raised', 'sent'],
    ]);
  });

  test('that no longer exists is given up, and receives no resolution either', async () => {
    const { channelId } = await add({ kind: 'robot', url: robotUrl('gone') });
    await rule([channelId]);
    await goOffline();
    expect((await log())[0]).toMatchObject({ state: 'failed', attempts: 1, nextAt: null });
    expect(app.warnings).toContain('notice not delivered');
    await app.services.store.recordIssues('1001', [], app.clock.now());
    await pass();
    await pass();
    expect((await log())[0]).toMatchObject({
      kind: 'resolved',
      state: 'failed',
      answer: 'the alert itself was not delivered',
    });
  });

  test.each([
    'https://oapi.evil.example/robot/send?access_token=a',
    'http://127.0.0.1:9/robot/send?access_token=a',
  ])('is accepted at DingTalk’s hosts only: %s', async (url) => {
    await expect(add({ kind: 'robot', url })).rejects.toMatchObject({
      reason: 'invalid-question.channel-address',
    });
  });
});

describe('a webhook', () => {
  test('is signed according to Standard Webhooks', async () => {
    const { channelId, secret } = await add({ url: hook.url });
    expect(isWebhookSecret(secret ?? '')).toBe(true);
    await rule([channelId]);
    await goOffline();
    const [request] = hook.received;
    const headers = request?.headers as Record<string, string>;
    const event = new Webhook(secret ?? '').verify(request?.body ?? '', headers);
    expect(event).toMatchObject({
      type: 'alert.raised',
      data: {
        code: 'offline',
        severity: 'critical',
        total: 1,
        devices: [{ deviceId: '1001', room: '大会议室' }],
      },
    });
  });

  test('signs as the example of the specification does', () => {
    const headers = signedHeaders(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330_000,
      '{"test": 2432232314}',
    );
    expect(headers['webhook-timestamp']).toBe('1614265330');
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('is signed with the same key whether its secret is padded or not', () => {
    const padded = `whsec_${Buffer.alloc(25, 7).toString('base64')}`;
    const bare = padded.replace(/=+$/, '');
    expect([padded, bare].map(isWebhookSecret)).toEqual([true, true]);
    expect(signedHeaders(bare, 'a', 0, '{}')).toEqual(signedHeaders(padded, 'a', 0, '{}'));
  });

  test('that fails is retried under the same ID, at growing intervals, until it accepts', async () => {
    const { channelId } = await add({ url: hook.url });
    await rule([channelId]);
    hook.answers = { status: 503 };
    await goOffline();
    for (const wait of [20_000, 40_000, 80_000]) {
      app.clock.move(wait);
      await pass();
    }
    expect((await log())[0]).toMatchObject({ state: 'waiting', attempts: 4, answer: 'HTTP 503' });
    hook.answers = { status: 200 };
    app.clock.move(10 * MINUTE);
    await pass();
    expect((await log())[0]).toMatchObject({ state: 'sent', attempts: 5 });
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('that works again receives what it missed', async () => {
    const { channelId } = await add({ url: hook.url });
    await rule([channelId]);
    hook.answers = { status: 503 };
    const sender = createSender(app.services);
    const send = async () => {
      await evaluateAlerts(app.services);
      await sender.pass(never);
      await sender.settled();
    };
    await app.services.store.recordIssues('1001', ['offline'], app.clock.now() - MINUTE);
    for (let nth = 0; nth < 8; nth += 1) {
      await send();
      app.clock.move(15 * MINUTE);
    }
    hook.answers = { status: 200 };
    // Checked lately, so that its status is current.
    const device = {
      deviceId: '1002',
      unionId: 'union-2',
      status: { state: 'offline', raw: 'offline' },
    } as const;
    const checked = reading({ observedAt: app.clock.now() - MINUTE, device });
    await app.services.store.recordReading({ by: 'deviceId', id: '1002' }, checked);
    // Another notification, while the previous one is sent much later.
    await app.services.store.recordIssues('1002', ['offline'], app.clock.now() - MINUTE);
    await send();
    app.clock.move(GATHER_MS);
    await send();
    await send();
    expect((await log()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  test('is retried no sooner than it requests', async () => {
    const { channelId } = await add({ url: hook.url });
    await rule([channelId]);
    hook.answers = { status: 429, headers: { 'retry-after': '600' } };
    await goOffline();
    app.clock.move(5 * MINUTE);
    await pass();
    expect(hook.received).toHaveLength(1);
    app.clock.move(6 * MINUTE);
    await pass();
    expect(hook.received).toHaveLength(2);
  });

  test('that never accepts is given up after a day, and accepts when resent manually', async () => {
    const { channelId } = await add({ url: hook.url });
    await rule([channelId]);
    hook.answers = { status: 500 };
    await goOffline();
    for (let hours = 0; hours <= TRIED_FOR_MS / 3_600_000; hours += 1) {
      app.clock.move(75 * MINUTE);
      await pass();
    }
    const [given] = await log();
    expect(given).toMatchObject({ state: 'failed', nextAt: null });
    hook.answers = { status: 200 };
    await sendAgain(app.services, callerOf(admin), given?.deliveryId ?? '');
    await pass();
    expect((await log())[0]).toMatchObject({ state: 'sent' });
  });

  test('that answers 410 is given up at once', async () => {
    const { channelId } = await add({ url: hook.url });
    await rule([channelId]);
    hook.answers = { status: 410 };
    await goOffline();
    expect((await log())[0]).toMatchObject({ state: 'failed', attempts: 1, answer: 'HTTP 410' });
  });

  test('that redirects is not followed, and one that does not answer is abandoned', async () => {
    const { channelId } = await add({ url: hook.url });
    hook.answers = { status: 302, headers: { location: `${hook.url}/elsewhere` } };
    expect(await testChannel(app.services, callerOf(admin), channelId)).toEqual({
      ok: false,
      answer: 'HTTP 302',
    });
    hook.answers = { status: 200, silent: true };
    expect(await testChannel(app.services, callerOf(admin), channelId)).toEqual({
      ok: false,
      answer: 'no answer in time',
    });
    expect(hook.received).toHaveLength(2);
  });

  test.each([
    'http://hooks.example.com/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest',
    'https://[fd00::1]/',
    'https://user:secret@hooks.example.com/',
    'ftp://hooks.example.com/',
    'no address',
  ])('is not created with %s', async (url) => {
    await expect(add({ url })).rejects.toMatchObject({ reason: 'invalid-question.channel-address' });
  });

  test('with a slow server delays no other channel', async () => {
    const slow = await add({ url: hook.url });
    const robot = await add({ kind: 'robot', url: robotUrl('simulatedrobot') });
    await rule([slow.channelId, robot.channelId]);
    hook.answers = { status: 200, silent: true };
    await goOffline();
    expect(await messages()).toHaveLength(1);
    expect((await log()).map(({ state }) => state).sort()).toEqual(['sent', 'waiting']);
  });
});

describe('e-mail', () => {
  test('arrives with text and HTML, in the channel’s language, and device names are no markup', async () => {
    const { channelId } = await add({
      kind: 'mail',
      locale: 'zh',
      to: ['ops@example.com', 'night@example.com'],
    });
    await rule([channelId]);
    await app.services.store.recordIssues('1001', ['offline'], app.clock.now() - MINUTE);
    await goOffline('1002');
    const [message] = mail.received;
    expect(message?.to).toEqual(['ops@example.com', 'night@example.com']);
    expect(message?.text).toContain('text/html');
    expect(message?.text).toContain('Auto-Submitted: auto-generated');
    expect((await log())[0]).toMatchObject({ state: 'sent', total: 2 });
  });

  test.each([
    [450, 'waiting'],
    [550, 'failed'],
  ])('that is refused with %i is %s', async (status, state) => {
    const { channelId } = await add({ kind: 'mail', to: ['ops@example.com'] });
    await rule([channelId]);
    mail.refusing = status;
    await goOffline();
    expect((await log())[0]).toMatchObject({ state, answer: expect.stringContaining(String(status)) });
  });
});

describe('a mail server that does not answer', () => {
  test('is abandoned', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const smtpUrl = `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { send, close } = createMailSender({ smtpUrl, from: 'desk@example.com', timeoutMs: 300 });
    // Without a limit of its own the sender would wait for half a minute.
    const began = performance.now();
    const notification = { kind: 'test' } as never;
    const link = { word: '', url: '' };
    const text = { title: '', lead: '', codes: [], devices: [], rest: null, next: null, link, rule: '' };
    const outcome = await send({ kind: 'mail', to: ['ops@example.com'] }, { id: '1', notification, text });
    expect(outcome).toMatchObject({ ok: false, again: true });
    expect(performance.now() - began).toBeLessThan(20_000);
    close();
    silent.close();
  });
});

describe('the secret of a channel', () => {
  test('is in no response and not in the database as it is', async () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const { channelId } = await add({ url: `${hook.url}?key=canary5b71`, secret });
    await testChannel(app.services, callerOf(admin), channelId);
    const { store } = app.services;
    const everywhere = JSON.stringify([
      await describeAlerts(app.services, admin),
      await log(),
      await store.channels(),
      (await store.channelById(channelId))?.sealed,
      app.warnings,
    ]);
    expect(everywhere).not.toContain('canary5b71');
    expect(everywhere).not.toContain('MfKQ9r8GKYqr');
  });

  test('is deleted with its channel, and nothing more is sent', async () => {
    const { channelId } = await add({ url: hook.url });
    await rule([channelId]);
    hook.answers = { status: 500 };
    await goOffline();
    await removeChannel(app.services, callerOf(admin), channelId);
    app.clock.move(MINUTE);
    await pass();
    expect(hook.received).toHaveLength(1);
    expect((await log())[0]).toMatchObject({ state: 'failed', answer: 'the channel was removed' });
  });

  test('is deleted at once while much waits for its channel', async () => {
    const { channelId } = await add({ url: hook.url });
    await rule([channelId]);
    await rule([channelId]);
    await app.services.store.recordIssues('1001', ['offline'], app.clock.now() - MINUTE);
    await evaluateAlerts(app.services);
    app.clock.move(GATHER_MS);
    await evaluateAlerts(app.services);
    const { alerts } = app.services;
    const senders: typeof alerts.senders = {
      ...alerts.senders,
      async webhook(target, message) {
        const outcome = await alerts.senders.webhook(target, message);
        await removeChannel(app.services, callerOf(admin), channelId);
        return outcome;
      },
    };
    const sender = createSender({ ...app.services, alerts: { ...alerts, senders } });
    await sender.pass(never);
    await sender.settled();
    expect(hook.received).toHaveLength(1);
    expect((await log()).map(({ state }) => state).sort()).toEqual(['failed', 'sent']);
  });
});
