import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RETENTION_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import type { Check } from '#lib/domain/notes/check.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';
import { reading } from '#lib/testing/reading.ts';

const NOW = 1_800_000_000_000;
const REF = { by: 'deviceId', id: '1234' } as const;

describe.each(ENGINES)('checklist answers on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;

  beforeAll(async () => {
    engine = await start();
  });

  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    await store.recordReading(REF, reading({ observedAt: NOW, device: { deviceId: '1234', unionId: 'uU' } }));
  });

  afterAll(() => engine.stop());

  const said = (at: number, given: Partial<Check> = {}): Check => ({
    step: 'unit-light',
    answer: 'no',
    at,
    subject: 'anna',
    name: 'Anna',
    ...given,
  });
  const keep = (at: number, given: Partial<Check> = {}) => store.keepCheck(REF, said(at, given));
  const takeBack = (subject: string, step: Check['step'] = 'unit-light') =>
    store.takeBackCheck(REF, { step, subject, at: NOW });

  test('return the newest answer to each question, newest first, under each ID of the device', async () => {
    expect(await store.checksOf(REF)).toEqual([]);
    await keep(1);
    await keep(3, { answer: 'yes', subject: 'ben', name: '本 \u0000' });
    await keep(2, { step: 'power-plug' });
    const expected = [
      said(3, { answer: 'yes', subject: 'ben', name: '本 ' }),
      said(2, { step: 'power-plug' }),
    ];
    expect(await store.checksOf(REF)).toEqual(expected);
    expect(await store.checksOf({ by: 'unionId', id: 'uU' })).toEqual(expected);
  });

  test('are not stored for an unknown device', async () => {
    const ref = { by: 'deviceId', id: 'nobody' } as const;
    expect(await store.keepCheck(ref, said(1))).toBe(false);
    await store.takeBackCheck(ref, { step: 'unit-light', subject: 'anna', at: 2 });
    expect(await store.checksOf(ref)).toEqual([]);
    expect(await keep(1)).toBe(true);
  });

  test('restore the previous answer when one is withdrawn, and only by its author', async () => {
    await keep(1, { subject: 'ben', name: 'Ben' });
    await keep(2);
    await takeBack('ben');
    expect((await store.checksOf(REF)).map(({ subject }) => subject)).toEqual(['anna']);
    await takeBack('anna', 'power-plug');
    await takeBack('anna');
    await takeBack('anna');
    expect((await store.checksOf(REF)).map(({ subject }) => subject)).toEqual(['ben']);
    await takeBack('ben');
    expect(await store.checksOf(REF)).toEqual([]);
  });

  test('replace the same person’s answer and no other, however often they answer', async () => {
    await keep(1, { subject: 'ben', name: 'Ben' });
    for (let at = 2; at <= 30; at += 1) await keep(at, { answer: at % 2 ? 'yes' : 'no' });
    await keep(31, { step: 'power-plug' });
    const newest = async () => (await store.checksOf(REF)).find(({ step }) => step === 'unit-light');
    expect(await newest()).toEqual(said(30));
    await takeBack('anna');
    expect(await newest()).toEqual(said(1, { subject: 'ben', name: 'Ben' }));
    expect(await store.checksOf(REF)).toHaveLength(2);
  });

  test('keep the last answers of a few people, however many answer', async () => {
    for (let nth = 1; nth <= 25; nth += 1) await keep(nth, { subject: `p${nth}` });
    const before: string[] = [];
    for (let some = await store.checksOf(REF); some[0]; some = await store.checksOf(REF)) {
      before.push(some[0].subject);
      await takeBack(some[0].subject);
    }
    expect(before).toEqual(Array.from({ length: 20 }, (_, nth) => `p${25 - nth}`));
  });

  test('notify open pages of each answer, in every instance', async () => {
    const other = await instanceBeside(engine, store);
    const head = await store.feedHead();
    await keep(NOW);
    await takeBack('anna');
    const overrides = await other.feedAfter(head, 10);
    expect(overrides?.map(({ kind, key }) => [kind, key])).toEqual([
      ['device', '1234'],
      ['device', '1234'],
    ]);
    await keep(NOW + 1);
    expect(await other.checksOf(REF)).toHaveLength(1);
  });

  test('are deleted by the retention job when they are old', async () => {
    const cut = NOW - RETENTION_MS.checks;
    await keep(cut - 1);
    await keep(cut, { step: 'power-plug' });
    for (let place: RetentionPlace | null = null, steps = 0; ; steps += 1) {
      ({ next: place } = await store.deleteOld(place, NOW));
      if (place === null) break;
      expect(steps).toBeLessThan(100);
    }
    expect((await store.checksOf(REF)).map(({ step }) => step)).toEqual(['power-plug']);
  });
});
