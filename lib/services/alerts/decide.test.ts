import { describe, expect, test } from 'vitest';
import type { AlertRule, Notification, Silence } from '#lib/domain/alerts/alert.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import {
  type AlertState,
  FLAP_WINDOW_MS,
  GATHER_MS,
  JOIN_MS,
  type Placed,
  STABLE_AFTER_MS,
} from './alert-state.ts';
import { decide } from './decide.ts';

const MINUTE = 60_000;
const RAISE = 5 * MINUTE;
const CLEAR = 2 * MINUTE;
const T0 = 1_000_000_000;

const RULE: AlertRule = {
  ...{
    id: 'rule',
    name: 'Offline',
    on: true,
    which: { codes: ['offline', 'offline-while-controller-works', 'alarm-open'] },
  },
  scope: { everything: true, groups: [], rooms: [], devices: [] },
  ...{ raiseAfterMs: RAISE, resolveAfterMs: CLEAR, channelIds: ['group'], createdAt: 0 },
};

const issue = (deviceKey: string, since = T0, given: Partial<Placed> = {}): Placed => ({
  ...{ deviceKey, deviceId: deviceKey, name: `Screen ${deviceKey}`, roomId: 'room', roomName: 'Room' },
  ...{ code: 'offline' as IssueCode, since, groups: ['city', 'floor'], ...given },
});

/** Alerts that are evaluated whenever a test says so; the state is stored as JSON in between, as over a restart. */
function watching(given: { rules?: AlertRule[]; silences?: Silence[] } = {}) {
  let state: AlertState = { alerts: new Map(), incidents: new Map() };
  let made = 0;
  const seen = { rules: [RULE], silences: [], lastKnown: new Set<string>(), ...given };
  return {
    seen,
    get state() {
      return state;
    },
    at(now: number, ...currentIssues: Placed[]): Notification[] {
      const decision = decide(state, { ...seen, currentIssues }, now, () => `id ${++made}`);
      const { alerts, incidents } = decision.state;
      const kept = JSON.parse(JSON.stringify([[...alerts], [...incidents]]));
      state = { alerts: new Map(kept[0]), incidents: new Map(kept[1]) };
      return decision.notifications.map(({ notification }) => notification);
    },
  };
}

const kinds = (notifications: Notification[]) => notifications.map(({ kind }) => kind);
const RAISED = T0 + RAISE;
const NOTIFIED = RAISED + GATHER_MS;

/** The state after a notification about one device. */
function notified(...devices: string[]) {
  const app = watching();
  const currentIssues = (devices.length > 0 ? devices : ['1']).map((key) => issue(key));
  app.at(RAISED, ...currentIssues);
  expect(kinds(app.at(NOTIFIED, ...currentIssues))).toEqual(['raised']);
  return app;
}

describe('an alert', () => {
  test.each([
    ['not before it stood long enough', RAISED - 1, false],
    ['when it stood exactly long enough', RAISED, true],
    ['long after', RAISED + MINUTE, true],
  ])('is raised %s', (_what, when, isRaised) => {
    const app = watching();
    expect(app.at(when, issue('1'))).toEqual([]);
    expect(app.state.incidents.size).toBe(isRaised ? 1 : 0);
  });

  test.each([
    ['while it gathers', NOTIFIED - 1, []],
    ['when it has gathered', NOTIFIED, ['raised']],
  ])('is notified %s', (_what, when, expected) => {
    const app = watching();
    app.at(RAISED, issue('1'));
    expect(kinds(app.at(when, issue('1')))).toEqual(expected);
  });

  test('contains the issue, the owner of the rule, the start and the device', () => {
    const app = watching();
    app.at(RAISED, issue('1'));
    expect(app.at(NOTIFIED, issue('1'))).toMatchObject([
      {
        ...{ kind: 'raised', rule: 'Offline', code: 'offline', since: T0, total: 1, added: 1 },
        devices: [{ deviceId: '1', name: 'Screen 1', roomName: 'Room', since: T0 }],
      },
    ]);
  });

  test('that ends while it gathers is not notified, and neither is its end', () => {
    const app = watching({ rules: [{ ...RULE, resolveAfterMs: 0 }] });
    app.at(RAISED, issue('1'));
    expect(app.at(RAISED + 1)).toEqual([]);
    expect(app.at(NOTIFIED)).toEqual([]);
    expect(app.state.incidents.size).toBe(0);
  });

  test('starts again when it was absent between two evaluations', () => {
    const app = watching();
    app.at(T0, issue('1'));
    app.at(RAISED, issue('1', T0 + MINUTE));
    expect(app.state.incidents.size).toBe(0);
    app.at(RAISED + MINUTE, issue('1', T0 + MINUTE));
    expect(app.state.incidents.size).toBe(1);
  });

  test('continues when only the name of its cause changes', () => {
    const app = watching();
    app.at(T0, issue('1'));
    const renamed = issue('1', T0 + 4 * MINUTE, { code: 'offline-while-controller-works' });
    app.at(T0 + 4 * MINUTE, renamed);
    app.at(RAISED, renamed);
    expect(app.at(NOTIFIED, renamed)).toMatchObject([
      { kind: 'raised', since: T0, code: 'offline-while-controller-works' },
    ]);
    expect(app.at(NOTIFIED + MINUTE, issue('1', NOTIFIED + 1))).toEqual([]);
  });

  test.each([
    ['a rule about another finding', { which: { codes: ['stale' as const] } }],
    ['a rule about worse issues', { which: { least: 'critical' as const } }],
    ['a rule about another group', { scope: { everything: false, groups: ['hut'], rooms: [], devices: [] } }],
    ['a rule about another device', { scope: { everything: false, groups: [], rooms: [], devices: ['2'] } }],
  ])('is not raised by %s', (_what, given) => {
    const app = watching({ rules: [{ ...RULE, ...given }] });
    app.at(RAISED, issue('1', T0, { code: 'controller-lost' }));
    expect(app.state.alerts.size).toBe(0);
  });

  test('is raised by a rule about a group above its room', () => {
    const scope = { everything: false, groups: ['city'], rooms: [], devices: [] };
    const app = watching({ rules: [{ ...RULE, scope }] });
    app.at(RAISED, issue('1'));
    expect(app.state.incidents.size).toBe(1);
  });
});

describe('an offline device', () => {
  const CODES = ['offline', 'offline-while-controller-works', 'offline-with-neighbours'] as const;
  const named = CODES.flatMap((first) => CODES.map((second) => [[first, second]] as const));

  test.each([...CODES.map((code) => [[code]] as const), ...named])(
    'is one cause in a rule that names %s: a floor of four is one notification',
    (codes) => {
      const app = watching({ rules: [{ ...RULE, which: { codes: [...codes] } }] });
      const floor = ['1', '2', '3', '4'].map((key) => issue(key, T0, { code: 'offline-with-neighbours' }));
      app.at(RAISED, ...floor);
      expect(app.at(NOTIFIED, ...floor)).toMatchObject([{ kind: 'raised', total: 4 }]);
    },
  );

  test('is notified with the issue of each device and the number of devices by issue', () => {
    const app = watching();
    const floor = [
      issue('1'),
      issue('2', T0, { code: 'offline-with-neighbours' }),
      issue('3', T0, { code: 'offline-with-neighbours' }),
    ];
    app.at(RAISED, ...floor);
    expect(app.at(NOTIFIED, ...floor)).toMatchObject([
      {
        ...{ code: 'offline-with-neighbours', total: 3, deviceKeys: ['1', '2', '3'] },
        codes: [
          { code: 'offline-with-neighbours', count: 2 },
          { code: 'offline', count: 1 },
        ],
        devices: [
          { code: 'offline' },
          { code: 'offline-with-neighbours' },
          { code: 'offline-with-neighbours' },
        ],
      },
    ]);
  });
});

describe('the resolution', () => {
  test.each([
    ['not before it was gone long enough', CLEAR - 1, []],
    ['when it was gone long enough', CLEAR, ['resolved']],
  ])('is notified %s', (_what, after, expected) => {
    const app = notified();
    app.at(NOTIFIED + MINUTE);
    expect(kinds(app.at(NOTIFIED + MINUTE + after))).toEqual(expected);
    expect(app.at(NOTIFIED + MINUTE + after)).toEqual([]);
  });

  test('is not sent when the issue returns before', () => {
    const app = notified();
    app.at(NOTIFIED + MINUTE);
    app.at(NOTIFIED + 2 * MINUTE, issue('1', NOTIFIED + 2 * MINUTE - 1));
    expect(app.at(NOTIFIED + 60 * MINUTE, issue('1', NOTIFIED + 2 * MINUTE - 1))).toEqual([]);
  });

  test('of many devices is sent once, with the last of them, for all', () => {
    const app = notified('1', '2', '3');
    app.at(NOTIFIED + MINUTE, issue('3'));
    expect(app.at(NOTIFIED + 10 * MINUTE, issue('3'))).toEqual([]);
    app.at(NOTIFIED + 20 * MINUTE);
    expect(app.at(NOTIFIED + 30 * MINUTE)).toMatchObject([{ kind: 'resolved', total: 3 }]);
  });

  test('is not sent for what a rule no longer covers', () => {
    const app = notified();
    app.seen.rules = [{ ...RULE, which: { codes: ['stale'] } }];
    for (const after of [1, 10, 100]) expect(app.at(NOTIFIED + after * MINUTE, issue('1'))).toEqual([]);
    expect(app.state.incidents.size).toBe(0);
  });

  test('is not sent for a disabled rule', () => {
    const app = notified();
    app.seen.rules = [];
    for (const after of [1, 10, 100]) expect(app.at(NOTIFIED + after * MINUTE)).toEqual([]);
    expect(app.state.alerts.size).toBe(0);
  });

  test('goes to the channel of the alert, whatever the rule says by then', () => {
    const app = notified();
    app.seen.rules = [{ ...RULE, channelIds: ['elsewhere'] }];
    app.at(NOTIFIED + MINUTE);
    const { notifications } = decide(
      app.state,
      { ...app.seen, currentIssues: [] },
      NOTIFIED + 10 * MINUTE,
      () => 'new',
    );
    expect(notifications).toMatchObject([{ notification: { kind: 'resolved' }, channelIds: ['group'] }]);
  });
});

describe('one cause', () => {
  const forty = Array.from({ length: 40 }, (_, nth) => issue(String(100 + nth)));

  test('of forty devices is one notification that names the first few', () => {
    const app = watching();
    app.at(RAISED, ...forty);
    const [notification, ...others] = app.at(NOTIFIED, ...forty);
    expect(others).toEqual([]);
    expect(notification).toMatchObject({ kind: 'raised', total: 40 });
    expect(notification?.devices).toHaveLength(5);
  });

  test.each([
    ['just in time', JOIN_MS - 1, ['more']],
    ['too late', JOIN_MS, ['raised']],
  ])('is joined %s by those of the same group', (_what, after, expected) => {
    const app = notified();
    const late = issue('2', NOTIFIED + after - RAISE);
    expect(app.at(NOTIFIED + after, issue('1'), late)).toEqual([]);
    const end = NOTIFIED + JOIN_MS + GATHER_MS;
    const notifications = app.at(end, issue('1'), late);
    expect(kinds(notifications)).toEqual(expected);
    expect(notifications[0]?.devices.map(({ deviceId }) => deviceId)).toEqual(['2']);
    expect(app.at(end + JOIN_MS, issue('1'), late)).toEqual([]);
  });

  test('elsewhere is another one, and notified at once', () => {
    const app = notified();
    const elsewhere = issue('2', T0 + MINUTE, { groups: ['hut'] });
    app.at(NOTIFIED + MINUTE, issue('1'), elsewhere);
    expect(app.at(NOTIFIED + MINUTE + GATHER_MS, issue('1'), elsewhere)).toMatchObject([
      { kind: 'raised', total: 1 },
    ]);
  });

  test('at a device is one alert, also where DingTalk has an alarm about it', () => {
    const alert = (since: number) => issue('1', since, { code: 'alarm-open' });
    const app = watching();
    app.at(RAISED, issue('1'), alert(T0));
    expect(app.at(NOTIFIED, issue('1'), alert(T0))).toMatchObject([{ code: 'offline', total: 1 }]);
    expect(app.at(NOTIFIED + MINUTE, issue('1'), alert(T0))).toEqual([]);
  });

  test('that was notified as DingTalk’s alarm is not notified again when the device is found offline', () => {
    const alert = issue('1', T0, { code: 'alarm-open' });
    const app = watching();
    app.at(RAISED, alert);
    expect(app.at(NOTIFIED, alert)).toMatchObject([{ kind: 'raised', code: 'alarm-open' }]);
    const both = [alert, issue('1', NOTIFIED)];
    for (const after of [1, 10, 60]) expect(app.at(NOTIFIED + after * MINUTE, ...both)).toEqual([]);
    app.at(NOTIFIED + 70 * MINUTE);
    expect(kinds(app.at(NOTIFIED + 80 * MINUTE))).toEqual(['resolved']);
  });
});

describe('an unstable connection', () => {
  /** Six times down and up for so long, looked at every five seconds, and then up; what was sent, each with its minute. */
  function sixCycles(downMs: number, upMs: number, given: Partial<AlertRule> = {}) {
    const app = watching({ rules: [{ ...RULE, ...given }] });
    const sent: { kind: string; minute: number }[] = [];
    const EVALUATION = 5_000;
    const end = T0 + 6 * (downMs + upMs) + 3 * FLAP_WINDOW_MS;
    for (let now = T0; now <= end; now += EVALUATION) {
      const [cycle, into] = [Math.floor((now - T0) / (downMs + upMs)), (now - T0) % (downMs + upMs)];
      const isDown = cycle < 6 && into < downMs;
      const since = T0 + cycle * (downMs + upMs);
      for (const { kind } of app.at(now, ...(isDown ? [issue('1', since)] : [])))
        sent.push({ kind, minute: Math.round((now - T0) / MINUTE) });
    }
    expect(app.state.alerts.size + app.state.incidents.size).toBe(0);
    return sent;
  }
  const INSTANT = { raiseAfterMs: 0, resolveAfterMs: 0 };

  test.each<[string, number, number, Partial<AlertRule>, string[]]>([
    ['10 min down, 3 min up', 10, 3, {}, ['raised', 'resolved', 'flapping', 'resolved']],
    ['6 min down, 4 min up', 6, 4, {}, ['raised', 'resolved', 'flapping', 'resolved']],
    ['10 min down, 1 min up', 10, 1, {}, ['raised', 'flapping', 'resolved']],
    ['1 min down, 1 min up, at once', 1, 1, INSTANT, ['raised', 'resolved', 'flapping', 'resolved']],
    ['10 s down, 10 s up, at once', 1 / 6, 1 / 6, INSTANT, ['flapping', 'resolved']],
    ['20 min down, 20 min up', 20, 20, {}, ['raised', 'resolved', 'flapping', 'resolved']],
    ['1 min down, 1 min up, below the threshold', 1, 1, {}, []],
  ])('of six cycles of %s is notified once, and its end once', (_what, down, up, given, expected) => {
    const sent = sixCycles(down * MINUTE, up * MINUTE, given);
    expect(sent.map(({ kind }) => kind)).toEqual(expected);
    if (expected.length === 0) return;
    const [end, notified] = [
      sent.at(-1)?.minute ?? 0,
      sent.find(({ kind }) => kind === 'flapping')?.minute ?? 0,
    ];
    expect(end, 'nothing follows until it has been stable').toBeGreaterThanOrEqual(
      Math.round(6 * (down + up) - up + STABLE_AFTER_MS / MINUTE),
    );
    expect(notified).toBeLessThan(6 * (down + up));
  });

  test('does not include rare outages: each outage and its end are notified', () => {
    const sent = sixCycles(10 * MINUTE, 60 * MINUTE);
    expect(sent.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 6 }, () => ['raised', 'resolved']).flat(),
    );
  });

  test('that stays down in the end is not notified again, and its end is', () => {
    const app = notified();
    app.at(NOTIFIED + MINUTE);
    expect(kinds(app.at(NOTIFIED + MINUTE + CLEAR))).toEqual(['resolved']);
    const since = NOTIFIED + 10 * MINUTE;
    app.at(since + RAISE, issue('1', since));
    expect(kinds(app.at(since + RAISE + GATHER_MS, issue('1', since)))).toEqual(['flapping']);
    expect(app.at(since + 2 * STABLE_AFTER_MS, issue('1', since))).toEqual([]);
    app.at(since + 3 * STABLE_AFTER_MS);
    expect(kinds(app.at(since + 3 * STABLE_AFTER_MS + CLEAR))).toEqual(['resolved']);
  });

  test('leaves the notification that it was in, which ends with the others', () => {
    const app = notified('1', '2');
    const other = issue('2');
    for (const minute of [1, 2]) {
      const from = NOTIFIED + 2 * minute * MINUTE;
      app.at(from, other);
      expect(app.at(from + 30_000, issue('1', from + 30_000), other)).toEqual([]);
    }
    const both = [issue('1', NOTIFIED + 4 * MINUTE + 30_000), other];
    expect(app.at(NOTIFIED + 5 * MINUTE, ...both)).toMatchObject([
      { kind: 'flapping', total: 1, devices: [{ deviceId: '1' }] },
    ]);
    app.at(NOTIFIED + 6 * MINUTE, ...both.slice(0, 1));
    expect(app.at(NOTIFIED + 9 * MINUTE, ...both.slice(0, 1))).toMatchObject([
      { kind: 'resolved', total: 1, devices: [{ deviceId: '2' }], deviceKeys: ['2'] },
    ]);
  });
});

describe('a silenced alert', () => {
  const mute = (from: number, until: number, given: Partial<Silence> = {}): Silence => ({
    ...{ id: 'mute', scope: { everything: false, groups: [], rooms: [], devices: ['1'] }, codes: null },
    ...{ when: { kind: 'once', from, until }, reason: 'Rebuilding', by: 'Admin', createdAt: from, ...given },
  });

  test('is not raised, and is notified when the silence ends while it lasts', () => {
    const app = watching({ silences: [mute(T0, T0 + 60 * MINUTE)] });
    expect(app.at(T0 + 59 * MINUTE, issue('1'))).toEqual([]);
    expect(app.state.incidents.size).toBe(0);
    app.at(T0 + 60 * MINUTE, issue('1'));
    expect(kinds(app.at(T0 + 60 * MINUTE + GATHER_MS, issue('1')))).toEqual(['raised']);
  });

  test('that starts while it gathers is not notified', () => {
    const app = watching();
    app.at(RAISED, issue('1'), issue('2'));
    app.seen.silences = [mute(RAISED, RAISED + 60 * MINUTE)];
    const [notification] = app.at(NOTIFIED, issue('1'), issue('2'));
    expect(notification).toMatchObject({ total: 1, devices: [{ deviceId: '2' }] });
  });

  test('is resolved afterwards where it was notified before', () => {
    const app = notified();
    app.seen.silences = [mute(NOTIFIED, NOTIFIED + 60 * MINUTE)];
    for (const after of [1, 30, 59]) expect(app.at(NOTIFIED + after * MINUTE)).toEqual([]);
    expect(kinds(app.at(NOTIFIED + 60 * MINUTE))).toEqual(['resolved']);
  });

  test.each([
    ['another finding of it', { codes: ['stale' as const] }],
    ['another device', { scope: { everything: false, groups: [], rooms: [], devices: ['2'] } }],
    ['another group', { scope: { everything: false, groups: ['hut'], rooms: [], devices: [] } }],
  ])('is not silenced by %s', (_what, given) => {
    const app = watching({ silences: [mute(T0, T0 + 60 * MINUTE, given)] });
    app.at(RAISED, issue('1'));
    expect(app.state.incidents.size).toBe(1);
  });

  test.each([
    ['its group', { scope: { everything: false, groups: ['city'], rooms: [], devices: [] } }],
    ['its room', { scope: { everything: false, groups: [], rooms: ['room'], devices: [] } }],
    ['that part of it', { codes: ['offline' as const] }],
    ['another code of its cause', { codes: ['offline-with-neighbours' as const] }],
  ])('is silenced by %s', (_what, given) => {
    const app = watching({ silences: [mute(T0, T0 + 60 * MINUTE, given)] });
    app.at(RAISED, issue('1'));
    expect(app.state.incidents.size).toBe(0);
  });
});

test('evaluates the silences once in a pass, however many devices there are', () => {
  let asked = 0;
  const silence: Silence = {
    ...{ id: 'night', scope: RULE.scope, codes: null, reason: 'x', by: 'x', createdAt: T0 },
    get when() {
      asked += 1;
      return { kind: 'weekly' as const, days: [1], from: '00:00', to: '00:01', zone: 'UTC' };
    },
  };
  const many = Array.from({ length: 300 }, (_, nth) => issue(String(nth)));
  const app = watching({ silences: [silence] });
  expect(app.at(RAISED, ...many)).toEqual([]);
  expect(asked).toBe(1);
  expect(kinds(app.at(NOTIFIED, ...many))).toEqual(['raised']);
  expect(asked).toBe(2);
});
