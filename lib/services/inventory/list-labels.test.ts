import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES } from '#lib/domain/access/operator.ts';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import { MOST_LABELS } from '#lib/domain/inventory/label.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { HIDDEN, recordKnownWorld } from '#lib/testing/known-world.ts';
import { reading } from '#lib/testing/reading.ts';
import { listLabels } from './list-labels.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
});
afterAll(() => app.close());

const labelsOf = (devices: string[], question = EVERY_DEVICE, role: 'viewer' | 'admin' = 'viewer') =>
  listLabels(app.services, callerOf(person(role)), { devices, question });

test('a named device gets a label with its name and room', async () => {
  expect(await labelsOf(['1001', 'nobody'])).toEqual({
    labels: [{ deviceId: '1001', name: 'Wall screen', room: '大会议室' }],
    total: 1,
    withoutId: 0,
    unknown: 1,
  });
});

test('a view gets the labels of its devices, and counts those without a public ID', async () => {
  const { labels, total, withoutId } = await labelsOf([], { ...EVERY_DEVICE, room: 'room-big' });
  expect(labels.map(({ deviceId }) => deviceId)).toEqual(['1001']);
  expect([total, withoutId]).toEqual([2, 1]);
});

test('no label contains anything restricted, whoever prints it', async () => {
  for (const role of ROLES) {
    const said = JSON.stringify(await labelsOf([], EVERY_DEVICE, role as 'viewer')).toLowerCase();
    for (const hidden of HIDDEN) expect(said).not.toContain(hidden);
  }
});

test('devices above the limit of one print are counted and not drawn', async () => {
  for (let at = 0; at <= MOST_LABELS; at += 1) {
    const deviceId = `9${String(at).padStart(5, '0')}`;
    await app.services.store.recordReading(
      { by: 'deviceId', id: deviceId },
      reading({ observedAt: app.clock.now(), device: { deviceId, unionId: `many-${at}`, name: 'Many' } }),
    );
  }
  const many = { ...EVERY_DEVICE, q: 'Many' };
  expect(await labelsOf([], many)).toMatchObject({ labels: [], total: MOST_LABELS + 1 });
});
