import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertRule, Notification, Silence } from '#lib/domain/alerts/alert.ts';
import { activeSilences, silenceOf } from '#lib/domain/alerts/silence-time.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { type AlertState, FLAP_WINDOW_MS, type Placed, STABLE_AFTER_MS } from './alert-state.ts';
import { decide } from './decide.ts';

const MINUTE = 60_000;
const T0 = 1_000_000_000;
const DEVICES = ['1', '2', '3', '4'] as const;
const CODES = [
  'offline',
  'offline-while-controller-works',
  'offline-with-neighbours',
  'alarm-open',
  'stale',
] as const;

const rule = (id: string, raise: number, clear: number): AlertRule => ({
  id,
  name: id,
  on: true,
  which: { least: 'info' },
  scope: { everything: true, groups: [], rooms: [], devices: [] },
  raiseAfterMs: raise * MINUTE,
  resolveAfterMs: clear * MINUTE,
  channelIds: ['group'],
  createdAt: 0,
});

/** A step: so many seconds pass, then something becomes other. */
const steps = fc.array(
  fc.record({
    seconds: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 60, max: 3_000 })),
    device: fc.constantFrom(...DEVICES),
    code: fc.constantFrom(...CODES),
    what: fc.constantFrom('turn', 'turn', 'turn', 'turn', 'look', 'mute', 'unmute', 'off', 'on'),
  }),
  { minLength: 1, maxLength: 120 },
);

type NotifiedAt = {
  notification: Notification;
  now: number;
  muted: (key: string, code: Placed['code']) => boolean;
};

/** Runs the steps and returns the notifications; `between` changes the state between two evaluations. */
function play(
  [raise, clear]: readonly [number, number],
  run: readonly { seconds: number; device: string; code: Placed['code']; what: string }[],
  between: (state: AlertState) => AlertState,
): NotifiedAt[] {
  let state: AlertState = { alerts: new Map(), incidents: new Map() };
  const currentIssues = new Map<string, Placed>();
  let silences: Silence[] = [];
  let rules = [rule('rule', raise, clear)];
  let [now, made] = [T0, 0];
  const notified: NotifiedAt[] = [];
  for (const { seconds, device, code, what } of run) {
    now += seconds * 1_000;
    const key = `${device} ${code}`;
    if (what === 'turn' && !currentIssues.delete(key)) currentIssues.set(key, placed(device, code, now));
    if (what === 'mute') silences = [mute(device, now)];
    if (what === 'unmute') silences = [];
    if (what === 'off') rules = [];
    if (what === 'on') rules = [rule('rule', raise, clear)];
    const seen = {
      rules,
      silences,
      currentIssues: [...currentIssues.values()],
      lastKnown: new Set<string>(),
    };
    const decision = decide(between(state), seen, now, () => `id ${++made}`);
    state = decision.state;
    const [then, silent] = [now, silences];
    const muted = (id: string, of: Placed['code']) =>
      silenceOf(activeSilences(silent, then), placed(id, of, then), of) !== undefined;
    notified.push(...decision.notifications.map(({ notification }) => ({ notification, now, muted })));
  }
  return notified;
}

const placed = (deviceKey: string, code: Placed['code'], since: number): Placed => ({
  deviceKey,
  deviceId: deviceKey,
  name: deviceKey,
  roomId: deviceKey,
  roomName: null,
  code,
  since,
  groups: [Number(deviceKey) > 2 ? 'east' : 'west'],
});

const mute = (device: string, from: number): Silence => ({
  id: 'mute',
  scope: { everything: false, groups: [], rooms: [], devices: [device] },
  codes: null,
  when: { kind: 'once', from, until: from + 60 * MINUTE },
  reason: 'x',
  by: 'x',
  createdAt: from,
});

const asIs = (state: AlertState) => state;
const anew = ({ alerts, incidents }: AlertState): AlertState => ({
  alerts: new Map(JSON.parse(JSON.stringify([...alerts]))),
  incidents: new Map(JSON.parse(JSON.stringify([...incidents]))),
});

const thresholds = fc.tuple(fc.constantFrom(0, 1, 5), fc.constantFrom(0, 1, 2));
const ALARMS = ['raised', 'flapping'];

test('each alert has one beginning, at most one follow-up after it, and at most one end after the beginning', () => {
  fc.assert(
    fc.property(thresholds, steps, (given, run) => {
      const byIncident = Map.groupBy(play(given, run, asIs), ({ notification }) => notification.incidentId);
      for (const notifications of byIncident.values()) {
        const kinds = notifications.map(({ notification }) => notification.kind);
        expect(ALARMS).toContain(kinds[0]);
        expect([[], ['more'], ['resolved'], ['more', 'resolved']]).toContainEqual(kinds.slice(1));
      }
    }),
    { numRuns: fuzzRuns(1_000) },
  );
});

test('sends no second notification about a device, and none about a silenced one', () => {
  fc.assert(
    fc.property(thresholds, steps, (given, run) => {
      for (const { notification, muted } of play(given, run, asIs)) {
        if (notification.kind === 'resolved') continue;
        const ids = notification.devices.map(({ deviceId }) => deviceId ?? '');
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(muted(id, notification.code)).toBe(false);
      }
    }),
    { numRuns: fuzzRuns(1_000) },
  );
});

/** Alerts are evaluated at least this often; the job does it far more often. */
const CHECK_SECONDS = 300;

/** The longest delay of a notification: alone, or with those that joined it at the next evaluation. */
const EVENT_WITHIN_MS = 10 * MINUTE + (CHECK_SECONDS + 60) * 1_000;

/** The same steps with evaluations in between, so that no notification waits longer than in production. */
const withChecks = <S extends { seconds: number; what: string }>(run: readonly S[]): S[] =>
  run.flatMap((step) => {
    const evaluations = Math.floor((step.seconds - 1) / CHECK_SECONDS);
    const evaluation = { ...step, seconds: CHECK_SECONDS, what: 'look' };
    return [
      ...Array<S>(evaluations).fill(evaluation),
      { ...step, seconds: step.seconds - evaluations * CHECK_SECONDS },
    ];
  });

test('an alert that returns within an hour is notified once as an unstable connection, and resolved once it is stable', () => {
  // Disabling and enabling a rule starts again, as a person's decision; so is a silence.
  const kept = steps.map((run) => run.filter(({ what }) => what === 'turn' || what === 'look'));
  fc.assert(
    fc.property(thresholds, kept, (given, run) => {
      const notified = play(given, withChecks(run), asIs);
      for (const device of DEVICES) {
        for (const codes of [OFFLINE, ['alarm-open'], ['stale']]) {
          const own = notified.filter(
            ({ notification }) =>
              codes.includes(notification.code) && notification.deviceKeys.includes(device),
          );
          const [raised, unstable, resolved] = [['raised', 'more'], ['flapping'], ['resolved']].map((kinds) =>
            own.filter(({ notification: { kind } }) => kinds.includes(kind)),
          ) as [NotifiedAt[], NotifiedAt[], NotifiedAt[]];
          // DingTalk's alarm continues as the offline issue, so each of them may have started alone.
          const causes = codes === OFFLINE ? 2 : 1;
          expect(mostWithin(raised, FLAP_WINDOW_MS - EVENT_WITHIN_MS)).toBeLessThanOrEqual(causes);
          expect(mostWithin(unstable, STABLE_AFTER_MS - EVENT_WITHIN_MS)).toBeLessThanOrEqual(causes);
          expect(resolved.length).toBeLessThanOrEqual(raised.length + unstable.length);
        }
      }
    }),
    { numRuns: fuzzRuns(1_000) },
  );
});

const OFFLINE = ['offline', 'offline-while-controller-works', 'offline-with-neighbours'];

function mostWithin(notified: readonly NotifiedAt[], windowMs: number): number {
  const counts = notified.map(
    ({ now }) => notified.filter((each) => each.now <= now && each.now > now - windowMs).length,
  );
  return Math.max(0, ...counts);
}

test('a notification counts exactly what it lists, by issue and by device', () => {
  fc.assert(
    fc.property(thresholds, steps, (given, run) => {
      for (const { notification } of play(given, run, asIs)) {
        const { kind, codes, deviceKeys, total, added } = notification;
        expect(new Set(deviceKeys).size).toBe(deviceKeys.length);
        expect(deviceKeys).toHaveLength(kind === 'more' ? added : total);
        expect(codes.reduce((sum, { count }) => sum + count, 0)).toBe(deviceKeys.length);
      }
    }),
    { numRuns: fuzzRuns(1_000) },
  );
});

test('a restart between any two evaluations changes no notification', () => {
  fc.assert(
    fc.property(thresholds, steps, (given, run) => {
      const bare = (notified: NotifiedAt[]) =>
        notified.map(({ notification, now }) => ({ notification, now }));
      expect(bare(play(given, run, anew))).toEqual(bare(play(given, run, asIs)));
    }),
    { numRuns: fuzzRuns(500) },
  );
});

test('an alert that lasts, is not silenced and not yet notified is notified within the time to gather and to join', () => {
  fc.assert(
    fc.property(
      thresholds,
      fc.uniqueArray(fc.constantFrom(...DEVICES), { minLength: 1 }),
      (given, devices) => {
        const run = devices.map((device) => ({
          seconds: 1,
          device,
          code: 'offline' as const,
          what: 'turn',
        }));
        const wait = { seconds: 30, device: '1', code: 'offline' as const, what: 'look' };
        const notified = play(given, [...run, ...Array.from({ length: 60 }, () => wait)], asIs);
        const named = notified.flatMap(({ notification }) =>
          notification.devices.map(({ deviceId }) => deviceId),
        );
        expect(named.sort()).toEqual(devices.toSorted());
        expect(notified.map(({ notification }) => notification.kind)).toEqual(['raised']);
      },
    ),
    { numRuns: fuzzRuns(200) },
  );
});
