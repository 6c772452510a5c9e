import { describe, expect, test } from 'vitest';
import { createRecordingMeter, type Entry } from '#lib/dingtalk/testing/recording-meter.ts';
import { DEVICES, failure, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { json, text } from '#lib/dingtalk/testing/scripted-upstream.ts';
import { AppError } from '#lib/domain/errors.ts';
import { systemClock } from '#lib/server/system-clock.ts';

type Metered = Scene & ReturnType<typeof createRecordingMeter>;

/** Works in a scene whose meter records, once `onAdmit` has let a call out. */
async function metered(
  work: (scene: Metered) => Promise<void>,
  onAdmit: (entry: Entry, scene: Scene) => void | Promise<void> = () => {},
  options: Parameters<typeof openScene>[0] = {},
): Promise<void> {
  const recording = createRecordingMeter((entry) => onAdmit(entry, scene));
  const scene: Scene = await openScene({ meter: recording.meter, ...options });
  await work({ ...scene, ...recording }).finally(() => scene.close());
}

const DENIED = 'Forbidden.AccessDenied.';
const GOOD = json(200, { result: { deviceId: '1234' } });

describe('a metered call', () => {
  test('is admitted for its purpose and settled with DingTalk’s answer', () =>
    metered(async ({ dingtalk, entries, upstream, clock }) => {
      upstream.on(DEVICES, (response, request) => {
        clock.advance(40);
        json(200, { result: { deviceId: '1234' }, requestid: 'R-1' })(response, request);
      });
      await dingtalk.queryDevice({ by: 'deviceId', id: '1234' }, 'o', { budgetMs: 5_000, purpose: 'sweep' });
      const outcome = { counted: true, status: 200, code: null, requestId: 'R-1', ms: 40, reason: null };
      expect(entries).toEqual([{ api: `GET ${DEVICES}`, purpose: 'sweep', attempt: 1, outcome }]);
    }));

  test('is settled with the reason for its failure', () =>
    metered(async ({ ask, entries, upstream }) => {
      upstream.on(DEVICES, json(403, { code: 'no.permission', requestid: 'R-2' }));
      await failure(ask());
      expect(entries.map(({ outcome }) => outcome)).toEqual([
        {
          counted: true,
          status: 403,
          code: 'no.permission',
          requestId: 'R-2',
          ms: 0,
          reason: 'dingtalk-refused.operator',
        },
      ]);
    }));

  test('is settled as answered when the answer arrived but could not be read', () =>
    metered(async ({ ask, entries, upstream }) => {
      upstream.on(DEVICES, json(200, { result: null }));
      expect((await failure(ask())).reason).toBe('dingtalk-confused.shape');
      expect(entries).toMatchObject([{ outcome: { counted: true, status: 200, reason: null } }]);
    }));

  test('takes no place in the rate limit of calls that are not metered', () =>
    metered(
      async ({ ask, clock, entries }) => {
        for (let times = 0; times < 5; times++) await ask();
        expect(clock.waits).toEqual([]);
        expect(entries).toHaveLength(5);
      },
      () => {},
      { callsPerSecond: 1 },
    ));

  test.each([
    'dingtalk-throttled.own-rate',
    'dingtalk-budget-spent.own-limit',
    'dingtalk-budget-spent.reserve',
  ])('that is not admitted (%s) is not sent', (reason) =>
    metered(
      async ({ ask, upstream }) => {
        expect((await failure(ask())).reason).toBe(reason);
        expect(upstream.count(DEVICES)).toBe(0);
      },
      () => {
        throw new AppError(reason as AppError['reason']);
      },
    ),
  );

  test('whose meter throws an unexpected error fails as an internal error', () =>
    metered(
      async ({ ask, upstream }) => {
        expect((await failure(ask())).reason).toBe('internal.internal');
        expect(upstream.count(DEVICES)).toBe(0);
      },
      () => {
        throw new TypeError('the disk is full');
      },
    ));
});

describe('a call that is admitted and then not sent', () => {
  test('because the address was banned meanwhile is not counted', async () => {
    let release = () => {};
    await metered(
      async ({ dingtalk, entries, upstream, counted }) => {
        upstream.on(DEVICES, json(200, { status: 1111, punish: 'deny' }));
        const ask = (purpose: 'look-up' | 'watch') =>
          dingtalk.queryDevice({ by: 'deviceId', id: '1' }, 'o', { budgetMs: 9_000, purpose });
        const waiting = failure(ask('watch'));
        expect((await failure(ask('look-up'))).reason).toBe('dingtalk-throttled.banned');
        release();
        expect((await waiting).reason).toBe('dingtalk-throttled.banned');
        expect(upstream.count(DEVICES)).toBe(1);
        expect(entries.map(({ purpose, outcome }) => [purpose, outcome?.status])).toEqual([
          ['look-up', 200],
          ['watch', null],
        ]);
        expect(counted()).toBe(0);
      },
      async ({ purpose }) => {
        if (purpose !== 'watch') return;
        const { promise, resolve } = Promise.withResolvers<void>();
        release = resolve;
        await promise;
      },
    );
  });

  test('because its time is over is not counted', () =>
    metered(
      async ({ ask, calls, entries, upstream }) => {
        expect((await failure(ask(3_000))).reason).toBe('dingtalk-unreachable.no-answer');
        expect(upstream.count(DEVICES)).toBe(0);
        expect(entries).toMatchObject([{ outcome: { counted: false, status: null, ms: 0 } }]);
        expect(calls.filter(({ api }) => api.includes(DEVICES))).toEqual([]);
      },
      (_, scene) => scene.clock.advance(2_801),
    ));

  test('because nothing listens is not counted, however often', () =>
    metered(async ({ ask, entries, upstream, counted }) => {
      await ask();
      await upstream.close();
      // A kept connection that has ended unnoticed would receive the request.
      await systemClock.sleep(50);
      expect((await failure(ask())).values.failure).toBe('ECONNREFUSED');
      expect(entries.map(({ attempt, outcome }) => [attempt, outcome?.counted])).toEqual([
        [1, true],
        [1, false],
        [2, false],
        [3, false],
      ]);
      expect(counted()).toBe(1);
    }));
});

describe('another attempt', () => {
  test('is admitted again, with its number', () =>
    metered(async ({ ask, entries, upstream, counted }) => {
      upstream.on(
        DEVICES,
        json(403, { code: `${DENIED}QpsLimitForApi` }),
        json(403, { code: `${DENIED}QpsLimitForAppkeyAndApi` }),
        GOOD,
      );
      await ask();
      expect(entries.map(({ purpose, attempt }) => [purpose, attempt])).toEqual([
        ['look-up', 1],
        ['look-up', 2],
        ['look-up', 3],
      ]);
      expect(counted()).toBe(1);
    }));

  test('with a new token continues the count, and the token call is not metered', () =>
    metered(async ({ ask, calls, entries, upstream }) => {
      const bad = json(400, { code: 'InvalidAuthentication' });
      upstream.on(DEVICES, text(502, ''), bad, GOOD);
      await ask();
      expect(entries.map(({ attempt, outcome }) => [attempt, outcome?.counted])).toEqual([
        [1, true],
        [2, true],
        [3, true],
      ]);
      expect(upstream.count(TOKEN)).toBe(2);
      expect(calls.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 1, 3]);
    }));

  test('that is not admitted ends the query', () =>
    metered(
      async ({ ask, upstream, counted }) => {
        upstream.on(DEVICES, text(502, ''));
        expect((await failure(ask())).reason).toBe('dingtalk-budget-spent.own-limit');
        expect(upstream.count(DEVICES)).toBe(1);
        expect(counted()).toBe(1);
      },
      ({ attempt }) => {
        if (attempt > 1) throw new AppError('dingtalk-budget-spent.own-limit');
      },
    ));
});
