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

/** Both must decide alike: what a person sees now, and what they see of the same moment later. */
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

describe.each(WAYS)('the data %s', (_when, shown) => {
  test('is visible to roles that may not query, whoever queried', async () => {
    await record(at, 'somebody');
    expect(await shown('viewer', 'one')).toMatchObject({ observedAt: at });
    expect(await shown('viewer')).toMatchObject({ observedAt: at });
  });

  test('is not visible to a person who may query and received no answer themselves', async () => {
    await record(at, 'somebody');
    expect(await shown('support', 'one')).toBeNull();
    expect(await shown('admin', 'one')).toBeNull();
  });

  test('is visible to everybody where a scheduled check found it', async () => {
    await record(at, CONFIGURED);
    await record(at + 1, 'somebody');
    expect(await shown('support', 'one')).toMatchObject({ observedAt: at });
  });

  test('is the newest for a person whom DingTalk answered too', async () => {
    await record(at, 'one');
    await record(at + 1, 'somebody');
    expect(await shown('support', 'one')).toMatchObject({ observedAt: at + 1 });
  });
});

describe('facts found by a person’s query', () => {
  const facts = (['look-up', 'sweep', 'event'] as const).map((source, index) => ({ source, at: 10 + index }));
  const left = (who: ReturnType<typeof person>, access: AccessState) =>
    sharedWith(app.services, who, { access, observedAt: 11 })(facts).length;

  test('are hidden only from people whom DingTalk has not answered', () => {
    expect(left(person('support', 'one'), 'unasked')).toBe(2);
    expect(left(person('support', 'one'), 'granted')).toBe(3);
    expect(left(person('viewer', 'one'), 'unasked')).toBe(3);
    expect(left(person('support'), 'unasked')).toBe(3);
    expect(left(person('support', CONFIGURED), 'unasked')).toBe(3);
  });

  test('end for a person whom DingTalk refuses at their own last answer, whoever found them', () => {
    expect(left(person('support', 'one'), 'refused')).toBe(2);
    expect(left(person('viewer', 'one'), 'refused')).toBe(2);
  });
});
