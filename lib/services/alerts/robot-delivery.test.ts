import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelAsked } from '#lib/api/alerts/alert-requests.ts';
import type { Delivery } from '#lib/domain/alerts/alert.ts';
import { monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { startWebhookServer, type WebhookServer } from '#lib/testing/servers/receivers.ts';
import { GATHER_MS } from './alert-state.ts';
import { addChannel, changeChannel, testChannel } from './channels.ts';
import { createSender } from './deliver-notifications.ts';
import { describeAlerts, listDeliveries, sendAgain } from './describe-alerts.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { addRule } from './rules.ts';

const admin = person('admin');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const never = new AbortController().signal;
const SIGNED = `SECsimulated${'0'.repeat(52)}`;
const EVERYTHING = { everything: true, groups: [], rooms: [], devices: [] };

let app: App;
let hook: WebhookServer;
/** Pushes that DingTalk allows in a month. */
let monthly: number;

beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  monthly = 3_000;
  await app.reset();
  // Signatures hold for an hour by the simulator's clock, which starts anew.
  await app.simulator.control('POST', '/clock', {
    advanceSeconds: Math.round((app.clock.now() - Date.now()) / 1_000),
  });
  hook = await startWebhookServer();
  await recordKnownWorld(app.services.store, app.clock.now() - 60 * MINUTE);
});
afterEach(() => hook.close());
afterAll(() => app.close());

const services = (): ServiceContext => ({
  ...app.services,
  events: { ...app.services.events, monthly },
});
const common = { name: 'On duty', locale: 'en', zone: 'Asia/Shanghai' } as const;
const add = async (asked: Partial<ChannelAsked>) =>
  (await addChannel(services(), callerOf(admin), { ...common, kind: 'robot', ...asked })).channelId;
const robot = (token: string, secret?: string) =>
  add({ url: `${app.simulator.origin}/robot/send?access_token=${token}`, secret });
const rule = (channelIds: string[]) =>
  addRule(services(), callerOf(admin), {
    name: 'All',
    on: true,
    which: { least: 'info' },
    channelIds,
    scope: EVERYTHING,
    raiseAfterMs: 0,
    resolveAfterMs: 0,
  });

type Message = { title: string; text: string; msgUuid: string };
const messages = async () =>
  (await app.simulator.control<{ messages: Message[] }>('GET', '/robots')).messages;
const log = async () => (await listDeliveries(services(), admin, { before: null, limit: 50 })).items;
const pushes = () => app.services.store.pushes(monthOf(app.clock.now()));

let sender: ReturnType<typeof createSender>;
beforeEach(() => {
  sender = createSender({
    ...app.services,
    events: {
      ...app.services.events,
      get monthly() {
        return monthly;
      },
    },
    // Robots are sent to at fixed intervals, which do not matter here.
    clock: { ...app.clock, sleep: async () => undefined },
  });
});

/** One pass: decides, sends, and waits until all is sent. */
async function pass() {
  await evaluateAlerts(services());
  await sender.pass(never);
  await sender.settled();
}
/** Raises issues of devices, which are sent or gathered. */
async function begin(...found: [key: string, code: IssueCode][]) {
  for (const [key, code] of found) await app.services.store.recordIssues(key, [code], app.clock.now());
  await pass();
  app.clock.move(GATHER_MS);
  await pass();
}
/** So many pushes were used this month, on its first day. */
async function used(count: number) {
  const at = monthAround(app.clock.now()).from;
  const [known] = (await app.services.store.deliveries(null, 1)) as [Delivery?];
  const channelId = 'another';
  for (let nth = 0; nth < count; nth += 1) {
    const delivery: Delivery = {
      id: `used-${nth}`,
      channelId,
      channel: channelId,
      state: 'sent',
      attempts: 1,
      createdAt: 0,
      nextAt: null,
      lastAt: null,
      answer: null,
      fault: null,
      digest: null,
      notification: known?.notification ?? {
        id: 'n',
        kind: 'test',
        incidentId: 'i',
        rule: '',
        code: 'offline',
        at: 0,
        since: 0,
        total: 0,
        added: 0,
        devices: [],
        codes: [],
        deviceKeys: [],
      },
    };
    await app.services.store.addDelivery(delivery, at);
  }
}

describe('a robot message', () => {
  test('that is accepted with errcode as text is sent once', async () => {
    await rule([await robot('simulatedtextrobot')]);
    await begin(['1001', 'offline']);
    for (let nth = 0; nth < 3; nth += 1) {
      app.clock.move(10 * MINUTE);
      await pass();
    }
    expect(await messages()).toHaveLength(1);
    expect(await log()).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  test.each([
    ['a wrong secret', 'simulatedsignedrobot', {}, 'SECwrong', 'robot-signature'],
    ['another keyword', 'simulatedkeywordrobot', { keywords: ['Ticket'] }, undefined, 'robot-keywords'],
    ['an address that is not listed', 'simulatediprobot', {}, undefined, 'robot-address'],
    ['an unknown token', 'gone', null, undefined, 'robot-token'],
    ['a robot that was stopped', 'simulatedrobot', { stopped: true }, undefined, 'robot-stopped'],
  ])('that is refused for %s is not sent again, and the channel shows why', async (...given) => {
    const [, token, settings, secret, fault] = given;
    const channelId = await robot(token, secret);
    if (settings) await app.simulator.control('PUT', `/robots/${token}`, settings);
    await app.simulator.control('DELETE', '/calls');
    await rule([channelId]);
    await begin(['1001', 'offline']);
    for (let nth = 0; nth < 3; nth += 1) {
      app.clock.move(20 * MINUTE);
      await pass();
    }
    expect(await log()).toMatchObject([{ state: 'failed', attempts: 1, nextAt: null }]);
    const { paths } = await app.simulator.control<{ paths: Record<string, { calls: number }> }>(
      'GET',
      '/calls',
    );
    expect(paths['POST /robot/send']?.calls).toBe(1);
    const { channels } = await describeAlerts(services(), admin);
    expect(channels).toMatchObject([{ channelId, fault: { code: fault, lasting: true } }]);
    await app.services.store.recordIssues('1001', [], app.clock.now());
    await pass();
    await pass();
    expect((await log())[0]).toMatchObject({ kind: 'resolved', state: 'failed', attempts: 0 });
    const after = (await describeAlerts(services(), admin)).channels;
    expect(after, 'what was not even attempted hides nothing').toEqual(channels);
    expect((await pushes()).robots).toBe(0);
  });

  test('that was refused can be resent once the channel is corrected, under a new ID', async () => {
    const channelId = await robot('simulatedsignedrobot', 'SECwrong');
    await rule([channelId]);
    await begin(['1001', 'offline']);
    const asked = { ...common, kind: 'robot', secret: SIGNED } as const;
    await changeChannel(services(), callerOf(admin), { id: channelId, asked });
    const [failed] = await log();
    await sendAgain(services(), callerOf(admin), failed?.deliveryId ?? '');
    await pass();
    expect(await log()).toMatchObject([{ state: 'sent', attempts: 2 }]);
    const [{ channels }, [sent]] = [await describeAlerts(services(), admin), await messages()];
    expect(channels).toMatchObject([{ fault: null }]);
    // DingTalk shows a message once for each id, so another press needs another one.
    await sendAgain(services(), callerOf(admin), failed?.deliveryId ?? '');
    await pass();
    const all = await messages();
    expect(all).toHaveLength(2);
    expect(all[1]?.msgUuid).not.toBe(sent?.msgUuid);
  });

  test('whose answer was lost is sent again under the same msgUuid, and the group shows it once', async () => {
    await rule([await robot('simulatedrobot')]);
    await app.simulator.control('PUT', '/faults', { path: '/robot/send', fault: 'reset', times: 1 });
    await begin(['1001', 'offline']);
    expect(await log()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    expect((await pushes()).robots, 'it may have been accepted').toBe(1);
    app.clock.move(MINUTE);
    await pass();
    expect(await log()).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(await messages()).toHaveLength(1);
    expect((await pushes()).robots).toBe(2);
  });

  test('counts against the month’s pushes with the events, a test message too', async () => {
    const channelId = await robot('simulatedrobot');
    await rule([channelId]);
    await begin(['1001', 'offline']);
    await testChannel(services(), callerOf(admin), channelId);
    expect(await pushes()).toMatchObject({ total: 2, events: 0, robots: 2 });
  });
});

describe('while pushes run short', () => {
  test('robots send digests, critical issues first, and other channels do not wait', async () => {
    const webhook = await add({ kind: 'webhook', url: hook.url });
    await rule([await robot('simulatedrobot'), webhook]);
    await used(8);
    monthly = 10;
    await begin(['1001', 'no-room']);
    expect(await messages(), 'the first one does not wait').toHaveLength(1);
    monthly = 11;
    await begin(['1002', 'wifi-among-wired']);
    await begin(['10001', 'offline']);
    expect(hook.received).toHaveLength(3);
    expect(await messages()).toHaveLength(1);
    const waiting = (await log()).filter(({ state }) => state === 'waiting');
    expect(waiting).toHaveLength(2);
    for (const { nextAt } of waiting) expect(Date.parse(nextAt ?? '')).toBeGreaterThan(app.clock.now());
    app.clock.move(15 * MINUTE);
    await pass();
    const [, digest, ...more] = await messages();
    expect(more).toEqual([]);
    expect(digest?.title).toBe('Rooms Desk: 2 notifications');
    expect(digest?.text).toContain('at most one message every 15 minutes');
    expect(digest?.text).toContain('running short: 9 of 11 used');
    expect(digest?.text.indexOf('Critical')).toBeLessThan(digest?.text.indexOf('Info') ?? -1);
    expect((await log()).every(({ state }) => state === 'sent')).toBe(true);
    expect(await pushes()).toMatchObject({ total: 10, robots: 10 });
  });

  test('a digest whose answer was lost is sent again unchanged, without later alerts', async () => {
    await rule([await robot('simulatedrobot')]);
    await used(80);
    monthly = 100;
    await begin(['1001', 'no-room']);
    await begin(['1002', 'offline']);
    await begin(['10001', 'camera-lost']);
    await app.simulator.control('PUT', '/faults', { path: '/robot/send', fault: 'reset', times: 1 });
    app.clock.move(15 * MINUTE);
    await pass();
    app.clock.move(MINUTE);
    await begin(['1001', 'offline']);
    const [, digest, ...more] = await messages();
    expect(digest?.title).toBe('Rooms Desk: 2 notifications');
    expect(more).toEqual([]);
    app.clock.move(15 * MINUTE);
    await pass();
    expect(await messages()).toHaveLength(3);
    expect((await log()).every(({ state }) => state === 'sent')).toBe(true);
  });

  test('an issue that ends within a digest is one resolved entry', async () => {
    await rule([await robot('simulatedrobot')]);
    await used(80);
    monthly = 100;
    await begin(['1001', 'no-room']);
    await begin(['1002', 'offline']);
    await app.services.store.recordIssues('1002', [], app.clock.now());
    await pass();
    await begin(['10001', 'camera-lost']);
    app.clock.move(15 * MINUTE);
    await pass();
    const [, digest] = await messages();
    expect(digest?.title).toBe('Rooms Desk: 2 notifications');
    expect(digest?.text.match(/offline/g)).toHaveLength(1);
    expect(digest?.text.indexOf('Critical')).toBeLessThan(digest?.text.indexOf('Resolved') ?? -1);
  });

  test('with none left no request is made, and what waits is sent in the next month', async () => {
    const channelId = await robot('simulatedrobot');
    const webhook = await add({ kind: 'webhook', url: hook.url });
    await rule([channelId, webhook]);
    // Shortly before the month ends in Shanghai.
    app.clock.move(monthAround(app.clock.now()).to - app.clock.now() - 60 * MINUTE);
    await used(10);
    monthly = 10;
    await begin(['1001', 'camera-lost']);
    expect(hook.received).toHaveLength(1);
    expect(await testChannel(services(), callerOf(admin), channelId)).toMatchObject({ ok: false });
    expect(await messages()).toEqual([]);
    expect((await pushes()).total).toBe(10);
    const held = (await log()).filter(({ channel, state }) => channel === 'On duty' && state === 'waiting');
    expect(held).toMatchObject([{ attempts: 0, answer: expect.stringContaining('used up') }]);
    app.clock.move(60 * MINUTE);
    await pass();
    expect(await messages()).toHaveLength(1);
    expect(await pushes()).toMatchObject({ total: 1, robots: 1 });
  });

  test('what waits for the next month longer than a day is given up and reported', async () => {
    await rule([await robot('simulatedrobot')]);
    app.clock.move(monthAround(app.clock.now()).from + 40 * DAY - app.clock.now());
    await used(10);
    monthly = 10;
    await begin(['1001', 'camera-lost']);
    app.clock.move(DAY);
    await pass();
    expect(await messages()).toEqual([]);
    expect((await log()).filter(({ kind }) => kind === 'raised')).toMatchObject([
      { state: 'failed', answer: expect.stringContaining('used up') },
    ]);
  });
});
