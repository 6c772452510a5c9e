import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { EventNews } from '#lib/domain/events/device-event.ts';
import { createBudget } from '#lib/services/budget/budget.ts';
import { describeService } from '#lib/services/diagnostics/describe-system.ts';
import { noteVisit } from '#lib/services/search/pins-and-recents.ts';
import { type App, callerOf, explain, openApp, person } from '#lib/testing/app.ts';
import { findKnownDevice, getRawAnswer } from './known-device.ts';
import { lookUp } from './look-up.ts';

const QUERY = 'GET /v1.0/rooms/devices';
const PATH = '/v1.0/rooms/devices';
const SAMPLE = { by: 'deviceId', id: '1234' } as const;
const PANEL = { by: 'deviceId', id: '2345' } as const;
const SAMPLE_BY_UNION = { by: 'unionId', id: 'lmvUxxxxx' } as const;

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(() => app.reset());

type Asking = { as?: Operator; insist?: boolean; ref?: DeviceRef };

const ask = ({ as = person('support'), insist = false, ref = SAMPLE }: Asking = {}) =>
  lookUp(app.services, callerOf(as), { ref, insist }, explain);
const calls = () => app.simulator.counted(QUERY);
const fault = (name: string, more: object = {}) =>
  app.simulator.control('PUT', '/faults', { path: PATH, fault: name, ...more });

describe('a device query', () => {
  test('goes to DingTalk and returns a live answer the first time', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({
      source: 'live',
      device: { deviceId: '1234', status: { state: 'offline', raw: 'offline' } },
      // The documented sample is offline while its panel works.
      issues: [{ code: 'offline-while-controller-works', severity: 'critical' }],
    });
    expect(answer.ageMs).toBeLessThan(5_000);
    expect(await calls()).toBe(1);
  });

  test('is answered from a fresh reading without a call, under either ID', async () => {
    await ask();
    expect(await ask()).toMatchObject({ source: 'shared' });
    expect(await ask({ ref: SAMPLE_BY_UNION })).toMatchObject({ source: 'shared' });
    expect(await calls()).toBe(1);
  });

  test('goes to DingTalk again when the reading is no longer fresh, or when it is forced', async () => {
    await ask();
    app.clock.move(60_001);
    expect(await ask()).toMatchObject({ source: 'live' });
    expect(await ask({ insist: true })).toMatchObject({ source: 'live' });
    expect(await calls()).toBe(3);
  });

  test('from a thousand people at once is one call and one token', async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => ask()));
    expect(new Set(answers.map((answer) => answer.device.deviceId))).toEqual(new Set(['1234']));
    expect(answers.filter((answer) => answer.source === 'live')).toHaveLength(1);
    expect(await calls()).toBe(1);
  });

  test('that a hundred people force at once is still one call', async () => {
    await Promise.all(Array.from({ length: 100 }, () => ask({ insist: true })));
    expect(await calls()).toBe(1);
  });

  test('for a missing device returns that, even when it was known once', async () => {
    await ask();
    await app.simulator.control('DELETE', '/devices/1234');
    await expect(ask({ insist: true })).rejects.toMatchObject({ code: 'device-not-found' });
  });

  test('has an age that is never negative, also after the clock stepped back', async () => {
    await ask();
    app.clock.move(-3_600_000);
    expect(await findKnownDevice(app.services, person('support'), SAMPLE)).toMatchObject({ ageMs: 0 });
    app.clock.move(3_600_000);
  });

  test('goes to DingTalk again after the clock stepped back, since the age of the reading is unknown', async () => {
    await ask();
    app.clock.move(-3_600_000);
    expect(await ask()).toMatchObject({ source: 'live' });
    app.clock.move(3_600_000);
  });

  test('is answered although the reading cannot be stored, and the failure is reported', async () => {
    const { store } = app.services;
    app.services.store = { ...store, recordReading: () => Promise.reject(new Error('disk full')) };
    expect(await ask()).toMatchObject({ source: 'live' });
    expect(app.warnings).toEqual(['reading not recorded']);
    app.services.store = store;
  });
});

describe('when DingTalk cannot answer', () => {
  test('returns the last known reading with its age and the reason', async () => {
    await ask();
    app.clock.move(120_000);
    await fault('html-502');
    const answer = await ask();
    expect(answer).toMatchObject({ source: 'last-known', notice: { code: 'dingtalk-unreachable' } });
    expect(answer.ageMs).toBeGreaterThanOrEqual(120_000);
  });

  test('returns the reason when nothing is known', async () => {
    await fault('scope');
    await expect(ask()).rejects.toMatchObject({ reason: 'dingtalk-refused.scope' });
  });

  test('does not remember a failure: the next query is made again', async () => {
    await fault('scope', { times: 1 });
    await expect(ask()).rejects.toMatchObject({ code: 'dingtalk-refused' });
    expect(await ask()).toMatchObject({ source: 'live' });
  });

  test('reports a missing operator without a call', async () => {
    const { operatorUnionId } = app.services;
    app.services.operatorUnionId = null;
    await expect(ask()).rejects.toMatchObject({ reason: 'dingtalk-refused.operator-missing' });
    app.services.operatorUnionId = operatorUnionId;
    expect(await calls()).toBe(0);
  });
});

describe('a refusal for one operator', () => {
  const outsider = person('support', 'simOutsiderUnionId');

  test('is not replaced by another operator’s fresh reading', async () => {
    await ask();
    await expect(ask({ as: outsider })).rejects.toMatchObject({ reason: 'dingtalk-refused.operator' });
  });

  test('is not replaced by a last known reading either, under any name of the device', async () => {
    await ask();
    await expect(ask({ as: outsider })).rejects.toThrow();
    expect(await findKnownDevice(app.services, outsider, SAMPLE)).toBeNull();
    expect(await findKnownDevice(app.services, outsider, SAMPLE_BY_UNION)).toBeNull();
    await expect(getRawAnswer(app.services, outsider, SAMPLE)).rejects.toMatchObject({ status: 404 });
    expect(await findKnownDevice(app.services, person('support'), SAMPLE)).not.toBeNull();
  });

  test('leaves the operator their own earlier answer', async () => {
    await ask();
    app.clock.move(61_000);
    await fault('operator');
    expect(await ask()).toMatchObject({
      source: 'last-known',
      notice: { reason: 'dingtalk-refused.operator' },
    });
  });

  test('ends once DingTalk answers the operator again', async () => {
    await fault('operator', { times: 1 });
    await expect(ask()).rejects.toThrow();
    await ask({ insist: true });
    expect(await ask()).toMatchObject({ source: 'shared' });
  });
});

describe('a person without an answer from DingTalk', () => {
  const outsider = person('admin', 'simOutsiderUnionId');

  test('does not see another person’s reading, in any way', async () => {
    await ask({ as: person('support', 'simSupportUnionId') });
    expect(await findKnownDevice(app.services, outsider, SAMPLE)).toBeNull();
    await expect(getRawAnswer(app.services, outsider, SAMPLE)).rejects.toMatchObject({ status: 404 });
    await fault('html-502');
    await expect(ask({ as: outsider })).rejects.toMatchObject({ code: 'dingtalk-unreachable' });
  });

  test('gains nothing from an answer about the controller with the same union ID', async () => {
    const anna = person('admin', 'simAdminUnionId');
    await fault('operator', { times: 1 });
    await expect(ask({ as: anna })).rejects.toMatchObject({ reason: 'dingtalk-refused.operator' });
    await lookUp(
      app.services,
      callerOf(anna),
      { ref: { by: 'deviceId', id: '2345' }, insist: false },
      explain,
    );
    await ask({ ref: SAMPLE_BY_UNION });
    expect(await findKnownDevice(app.services, anna, SAMPLE_BY_UNION)).toBeNull();
    expect(await findKnownDevice(app.services, anna, SAMPLE)).toBeNull();
  });
});

describe('a union ID that a device and its controller share', () => {
  test('is queried rather than guessed', async () => {
    await ask();
    await ask({ ref: PANEL });
    expect(await ask({ ref: SAMPLE_BY_UNION })).toMatchObject({
      source: 'live',
      device: { deviceId: '1234' },
    });
    await ask({ ref: PANEL, insist: true });
    expect(await ask({ ref: SAMPLE_BY_UNION })).toMatchObject({
      source: 'shared',
      device: { deviceId: '1234' },
    });
  });
});

describe('a reading is shared between operators', () => {
  const other = person('support', 'simAdminUnionId');

  test('only after DingTalk has answered both about that device', async () => {
    await ask();
    expect(await ask({ as: other })).toMatchObject({ source: 'live' });
    app.clock.move(61_000);
    await ask();
    expect(await ask({ as: other })).toMatchObject({ source: 'shared' });
    expect(await calls()).toBe(3);
  });

  test('with one call when both may see the device and ask at once', async () => {
    await ask();
    await ask({ as: other });
    app.clock.move(61_000);
    const answers = await Promise.all([ask(), ask({ as: other }), ask(), ask({ as: other })]);
    expect(answers.map((answer) => answer.source).sort()).toEqual(['live', 'shared', 'shared', 'shared']);
    expect(await calls()).toBe(3);
  });

  test('but not the refusal of the person whose query was joined', async () => {
    await ask();
    await ask({ as: other });
    app.clock.move(61_000);
    await fault('operator', { times: 1 });
    const answers = await Promise.all([ask(), ask({ as: other })]);
    expect(answers.map((answer) => answer.source).sort()).toEqual(['last-known', 'live']);
  });

  test('no longer than a day after an old answer', async () => {
    await ask({ as: other });
    app.clock.move(25 * 3_600_000);
    await ask();
    expect(await ask({ as: other })).toMatchObject({ source: 'live' });
  });
});

describe('a viewer', () => {
  const viewer = person('viewer');

  test('makes no call: an unknown device is refused with an explanation', async () => {
    await expect(ask({ as: viewer })).rejects.toMatchObject({ reason: 'not-permitted.not-known-yet' });
    await expect(ask({ as: viewer, insist: true })).rejects.toMatchObject({ code: 'not-permitted' });
    expect(await calls()).toBe(0);
  });

  test('sees what is known, fresh or old, with the sensitive fields hidden', async () => {
    await ask();
    expect(await ask({ as: viewer })).toMatchObject({
      source: 'shared',
      device: { serial: { concealed: true }, status: { state: 'offline' } },
    });
    app.clock.move(120_000);
    expect(await ask({ as: viewer })).toMatchObject({
      source: 'last-known',
      notice: { reason: 'not-permitted.live-question' },
    });
    await expect(getRawAnswer(app.services, viewer, SAMPLE)).rejects.toMatchObject({
      code: 'not-permitted',
    });
  });
});

describe('the raw response', () => {
  test('is DingTalk’s own, with the cast codes and the SIP account masked', async () => {
    await ask();
    const { raw } = await getRawAnswer(app.services, person('admin'), SAMPLE);
    const text = JSON.stringify(raw);
    expect(text).toContain('"deviceType":"touyingyi"');
    expect(text).not.toMatch(/123456|234567|sip13492/);
  });
});

describe('a page that opens', () => {
  const HOUR = 3_600_000;
  const overrides = async (at: number) => {
    const news = {
      kind: 'properties',
      overrides: [{ field: 'status', value: { state: 'idle', raw: 'idle' } }],
    };
    await app.services.store.recordEvent(
      { eventId: `told-${at}`, type: 'property', bornAt: at, body: {} },
      { device: { deviceId: '1234', unionId: null }, at, ...news, notUnderstood: [] } as EventNews,
      { transport: 'stream', at },
    );
  };
  /** A stream that is open from an event on until now. */
  const openStream = async (ago: number) => {
    const { store } = app.services;
    const now = app.clock.now();
    app.services.events = { transport: 'stream', monthly: 3_000, streamState: () => null };
    await overrides(now - ago);
    for (let at = now - ago; at <= now; at += 60_000) await store.keepWatch('stream', at, 120_000);
    await store.keepWatch('stream', now, 120_000);
  };

  test('makes no call while the event stream confirms the device', async () => {
    await ask();
    app.clock.move(HOUR);
    await openStream(HOUR / 2);
    for (let opened = 0; opened < 30; opened += 1) expect(await ask()).toMatchObject({ source: 'shared' });
    expect(await ask({ as: person('viewer') }), 'current, so no reason is owed').not.toHaveProperty('notice');
    expect(await calls()).toBe(1);
    expect(await ask({ insist: true })).toMatchObject({ source: 'live' });
    expect(await calls()).toBe(2);
  });

  test('is not confirmed by a stream that opened after the reading, broke off, or ran out of pushes', async () => {
    await ask();
    app.clock.move(HOUR);
    await openStream(HOUR / 2);
    app.clock.move(10 * 60_000);
    expect(await ask(), 'broken off').toMatchObject({ source: 'live' });
    app.clock.move(HOUR);
    await openStream(10 * 60_000);
    app.services.events = { ...app.services.events, monthly: 1 };
    expect(await ask(), 'no pushes left').toMatchObject({ source: 'live' });
  });

  test('makes no call where DingTalk has just reported a missing device, unless forced', async () => {
    const ref = { by: 'deviceId', id: '404404' } as const;
    await expect(ask({ ref })).rejects.toMatchObject({ reason: 'device-not-found.device' });
    for (const insist of [false, false, true]) {
      await expect(ask({ ref, insist })).rejects.toMatchObject({ reason: 'device-not-found.device' });
    }
    expect(await calls()).toBe(2);
    app.clock.move(10 * 60_000);
    await expect(ask({ ref })).rejects.toMatchObject({ code: 'device-not-found' });
    expect(await calls()).toBe(3);
  });

  test('makes no call where DingTalk has just refused the device, unless forced', async () => {
    await fault('operator');
    await expect(ask()).rejects.toMatchObject({ reason: 'dingtalk-refused.operator' });
    await expect(ask()).rejects.toMatchObject({ reason: 'dingtalk-refused.operator' });
    expect(await calls()).toBe(1);
    await app.simulator.control('DELETE', '/faults');
    expect(await ask({ insist: true })).toMatchObject({ source: 'live' });
  });

  test('leaves the plan of scheduled checks unchanged while the stream confirms the device', async () => {
    await ask();
    app.clock.move(HOUR);
    await openStream(HOUR / 2);
    const planOf = async () => (await app.services.store.devicesByKeys(['1234']))[0]?.nextCheck;
    await app.services.store.planCheck('1234', { at: app.clock.now() + 24 * HOUR, reason: 'routine' });
    await noteVisit(app.services, person('support'), SAMPLE);
    expect(await planOf()).toMatchObject({ reason: 'routine' });
  });
});

describe('in a month that is running short', () => {
  let small: App;
  beforeAll(async () => {
    small = await openApp({ monthlyCalls: 4 });
  });
  afterAll(() => small.close());

  test('only forced queries are made, and the reason gives their cost', async () => {
    const query = (insist: boolean, ref: DeviceRef = SAMPLE) =>
      lookUp(small.services, callerOf(person('support')), { ref, insist }, explain);
    const asked = () => small.simulator.counted(QUERY);
    await query(false);
    for (let spent = 1; spent < 3; spent += 1) await query(true);
    small.clock.move(3_600_000);
    small.services.budget = createBudget(small.services.store, small.clock, small.services.budget.allowance);
    const reason = 'dingtalk-budget-spent.running-short';
    expect(await query(false)).toMatchObject({ source: 'last-known', notice: { reason }, callsLeft: 1 });
    await expect(query(false, PANEL)).rejects.toMatchObject({ reason, values: { left: '1', limit: '4' } });
    expect(await asked()).toBe(3);
    expect(await query(true)).toMatchObject({ source: 'live' });
    expect(await asked()).toBe(4);
  });
});

describe('the daily share', () => {
  let small: App;
  beforeAll(async () => {
    small = await openApp({
      monthlyCalls: 200,
      callsPerSecond: 500,
      flags: ['--rooms', '40', '--qps', '0'],
    });
  });
  afterAll(() => small.close());
  beforeEach(() => small.reset());
  const query = (as: Operator, id = '1234') =>
    lookUp(small.services, callerOf(as), { ref: { by: 'deviceId', id }, insist: true }, explain);
  const asked = () => small.simulator.counted(QUERY);
  const anna = { ...person('support'), subject: 'anna' };
  const boris = { ...person('support'), subject: 'token:boris' };

  test('ends a person’s queries until tomorrow, shows known data, and affects nobody else', async () => {
    for (let spent = 0; spent < 20; spent += 1) expect(await query(anna)).toMatchObject({ source: 'live' });
    const refused = await query(anna);
    expect(refused).toMatchObject({
      source: 'last-known',
      notice: { reason: 'too-many-questions.daily-share' },
    });
    expect(await asked()).toBe(20);
    expect(await query(boris)).toMatchObject({ source: 'live' });
    const service = await describeService(small.services, person('admin'));
    expect(service.budget).toMatchObject({
      share: { calls: 20, unknownIds: 5 },
      spenders: [
        { subject: 'anna', calls: 20, unknownIds: 0, name: null },
        { subject: 'token:boris', calls: 1 },
      ],
    });
    const fresh = createBudget(small.services.store, small.clock, small.services.budget.allowance);
    expect(await fresh.shareOf('anna')).toMatchObject({ limit: 20, left: 0, unknownIdsLeft: 5 });
    small.clock.move(24 * 3_600_000);
    expect(await query(anna), 'the next day').toMatchObject({ source: 'live' });
  });

  test('is shown with the calls left to those who may query, and not to a viewer', async () => {
    await query(anna);
    const known = (as: Operator) => findKnownDevice(small.services, as, { by: 'deviceId', id: '1234' });
    expect(await known(anna)).toMatchObject({ callsLeft: expect.any(Number), share: { limit: 20 } });
    expect(await known(person('viewer'))).toMatchObject({ callsLeft: null, share: null });
  });

  test('is smaller for unknown IDs, and a known device can still be refreshed', async () => {
    // This ID turns out to exist, and the ledger need not know yet when the others are queried.
    await query(anna);
    for (let made = 0; made < 5; made += 1) {
      await expect(query(anna, `90000${made}`)).rejects.toMatchObject({ code: 'device-not-found' });
    }
    await expect(query(anna, '900009')).rejects.toMatchObject({
      reason: 'too-many-questions.unknown-ids',
      retryAfterSeconds: expect.any(Number),
    });
    expect(await asked()).toBe(6);
    expect(await query(anna)).toMatchObject({ source: 'live' });
  });
});
