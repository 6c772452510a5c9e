import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { CONFIGURED } from '#lib/testing/instance.ts';
import { reading } from '#lib/testing/reading.ts';
import { type AccessState, sharedWith, visibleReading, visibleReadingAsOf } from './device-access.ts';

const REF = { by: 'deviceId', id: '1234' } as const;
let app: App;
let at: number;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  await app.reset();
  at = app.clock.now() - 60_000;
});
afterAll(() => app.close());

const record = (observedAt: number, operatorUnionId: string) =>
  app.services.store.recordReading(REF, reading({ observedAt, operatorUnionId }));

/** Both must decide alike: what somebody sees now, and what they see of the same moment later. */
const WAYS = [
  [
    'now',
    async (...who: Parameters<typeof person>) =>
      (await visibleReading(app.services, person(...who), REF)).reading,
  ],
  [
    'of then',
    (...who: Parameters<typeof person>) => visibleReadingAsOf(app.services, person(...who), REF, at + 10),
  ],
] as const;

describe.each(WAYS)('what is known %s', (_when, shown) => {
  test('is everybody’s who may not ask, whoever asked', async () => {
    await record(at, 'somebody');
    expect(await shown('viewer', 'one')).toMatchObject({ observedAt: at });
    expect(await shown('viewer')).toMatchObject({ observedAt: at });
  });

  test('is not that of somebody who may ask and was not answered themselves', async () => {
    await record(at, 'somebody');
    expect(await shown('support', 'one')).toBeNull();
    expect(await shown('admin', 'one')).toBeNull();
  });

  test('is everybody’s where the desk asked by itself', async () => {
    await record(at, CONFIGURED);
    await record(at + 1, 'somebody');
    expect(await shown('support', 'one')).toMatchObject({ observedAt: at });
  });

  test('is whatever is newest for whom DingTalk answered too', async () => {
    await record(at, 'one');
    await record(at + 1, 'somebody');
    expect(await shown('support', 'one')).toMatchObject({ observedAt: at + 1 });
  });
});

describe('facts that came to light by somebody’s question', () => {
  const facts = (['look-up', 'sweep', 'event'] as const).map((source, index) => ({ source, at: 10 + index }));
  const left = (who: ReturnType<typeof person>, access: AccessState) =>
    sharedWith(app.services, who, { access, observedAt: 11 })(facts).length;

  test('are kept from whom DingTalk has not answered, and from nobody else', () => {
    expect(left(person('support', 'one'), 'unasked')).toBe(2);
    expect(left(person('support', 'one'), 'granted')).toBe(3);
    expect(left(person('viewer', 'one'), 'unasked')).toBe(3);
    expect(left(person('support'), 'unasked')).toBe(3);
    expect(left(person('support', CONFIGURED), 'unasked')).toBe(3);
  });

  test('end for whom DingTalk refuses with their own last answer, whoever learnt them', () => {
    expect(left(person('support', 'one'), 'refused')).toBe(2);
    expect(left(person('viewer', 'one'), 'refused')).toBe(2);
  });
});
