import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CHECK_SHOWN_FOR_MS } from '#lib/domain/notes/check.ts';
import { getKnownDevice } from '#lib/services/devices/known-device.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { recordCheck, takeBackCheck } from './checks.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  await app.reset();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
});
afterAll(() => app.close());

const REF = { by: 'deviceId', id: '1001' } as const;
const VIEWER = { ...person('viewer'), name: 'Vera' };
const SUPPORT = { ...person('support', 'operator'), name: 'Sam' };
const NO = { ref: REF, step: 'unit-light', answer: 'no' } as const;
const shown = async (who: typeof VIEWER) => (await getKnownDevice(app.services, who, REF)).checks;

test('an answer of a viewer in the room is on the device page, with its age', async () => {
  const { checks } = await recordCheck(app.services, callerOf(VIEWER), NO);
  expect(checks).toMatchObject([{ step: 'unit-light', answer: 'no', own: true, ageMs: expect.any(Number) }]);
  app.clock.move(180_000);
  const [check] = await shown(SUPPORT);
  expect(check).toMatchObject({ answer: 'no', own: false, by: 'Vera' });
  expect(Math.floor((check?.ageMs ?? 0) / 60_000)).toBe(3);
});

test('a viewer does not see who answered, not even themselves', async () => {
  await recordCheck(app.services, callerOf(SUPPORT), NO);
  expect(await shown(VIEWER)).toMatchObject([{ own: false, by: null }]);
  expect(JSON.stringify(await shown(VIEWER))).not.toContain(SUPPORT.subject);
});

test('an answer is no evidence after a day', async () => {
  await recordCheck(app.services, callerOf(VIEWER), NO);
  app.clock.move(CHECK_SHOWN_FOR_MS - 60_000);
  expect(await shown(VIEWER)).toHaveLength(1);
  app.clock.move(60_000);
  expect(await shown(VIEWER)).toEqual([]);
});

test('a person can withdraw their own answer, and no other one', async () => {
  await recordCheck(app.services, callerOf(VIEWER), NO);
  await takeBackCheck(app.services, callerOf(SUPPORT), NO);
  expect(await shown(SUPPORT)).toHaveLength(1);
  expect(await takeBackCheck(app.services, callerOf(VIEWER), NO)).toEqual({ checks: [] });
});

test('a person cannot answer about a device that they do not see', async () => {
  const unseen = { by: 'deviceId', id: '4040404' } as const;
  for (const ask of [recordCheck, takeBackCheck]) {
    await expect(ask(app.services, callerOf(VIEWER), { ...NO, ref: unseen })).rejects.toMatchObject({
      reason: 'device-not-found.not-known-yet',
    });
  }
});

test('a script that answers endlessly is limited', async () => {
  const answers = Array.from({ length: 70 }, () => recordCheck(app.services, callerOf(VIEWER), NO));
  const ended = await Promise.allSettled(answers);
  const refused = ended.filter((each) => each.status === 'rejected');
  expect(refused).toHaveLength(10);
  expect(refused[0]?.reason).toMatchObject({ reason: 'too-many-questions.person' });
});
