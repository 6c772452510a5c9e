import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type App, openApp, person } from '#lib/testing/app.ts';
import { HIDDEN, recordKnownWorld } from '#lib/testing/known-world.ts';
import { getPinsAndRecents, MAX_PINS, MAX_VIEWS, noteVisit, saveView, setPin } from './pins-and-recents.ts';

const HALF_HOUR = 30 * 60_000;
const viewer = person('viewer');
const support = person('support');
let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.reset();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
});

const visit = (id: string, as = support) => noteVisit(app.services, as, { by: 'deviceId', id });
const planOf = async (key: string) => (await app.services.store.devicesByKeys([key]))[0]?.nextCheck;

describe('pins and saved views', () => {
  test('have a limit: one more is refused, and existing ones can change', async () => {
    const pin = (key: string, pinned = true) => setPin(app.services, viewer, { kind: 'device', key, pinned });
    const save = (name: string) => saveView(app.services, viewer, { name, path: '/devices' });
    for (let at = 0; at < MAX_PINS; at++) await pin(`${at}`);
    for (let at = 0; at < MAX_VIEWS; at++) await save(`view ${at}`);
    await expect(pin('one more')).rejects.toMatchObject({ reason: 'invalid-question.too-many' });
    await expect(save('one more')).rejects.toMatchObject({ reason: 'invalid-question.too-many' });
    await pin('7');
    await save('view 7');
    await pin('7', false);
    await pin('one more');
    await setPin(app.services, support, { kind: 'device', key: '1001', pinned: true });
    await saveView(app.services, support, { name: 'mine', path: '/rooms' });
  });

  test('belong to one person, with what they may see', async () => {
    await setPin(app.services, viewer, { kind: 'device', key: '1001', pinned: true });
    await setPin(app.services, viewer, { kind: 'room', key: 'room-big', pinned: true });
    await visit('1002', viewer);
    const { path } = await saveView(app.services, viewer, { name: 'Dark', path: '/devices?status=offline' });
    const kept = await getPinsAndRecents(app.services, viewer);
    expect(kept.devices.map(({ key }) => key)).toEqual(['1001']);
    expect(kept.rooms.map(({ id }) => id)).toEqual(['room-big']);
    expect(kept.visited.map(({ key }) => key)).toEqual(['1002']);
    expect(kept.views).toMatchObject([{ name: 'Dark', path, at: expect.stringMatching(/Z$/) }]);
    for (const secret of [...HIDDEN, 'union-3'])
      expect(JSON.stringify(kept).toLowerCase()).not.toContain(secret);
    expect(await getPinsAndRecents(app.services, support)).toEqual({
      devices: [],
      rooms: [],
      visited: [],
      views: [],
    });
  });

  test('omit what is not known and what is no longer pinned', async () => {
    await setPin(app.services, support, { kind: 'device', key: 'nobody', pinned: true });
    await setPin(app.services, support, { kind: 'device', key: '1001', pinned: true });
    await setPin(app.services, support, { kind: 'device', key: '1001', pinned: false });
    expect(await getPinsAndRecents(app.services, support)).toMatchObject({ devices: [], rooms: [] });
  });

  test('include the eight last opened devices', async () => {
    for (const id of ['1001', '1002', '10001', '1001']) {
      await visit(id);
      app.clock.move(1_000);
    }
    const { visited } = await getPinsAndRecents(app.services, support);
    expect(visited.map(({ key }) => key)).toEqual(['1001', '10001', '1002']);
  });
});

describe('an opened device', () => {
  test('is checked again soon, but never later than planned', async () => {
    const before = app.clock.now();
    await visit('1001');
    const plan = await planOf('1001');
    expect(plan?.reason).toBe('watched');
    expect(plan?.at).toBeGreaterThanOrEqual(before + HALF_HOUR);
    app.clock.move(60_000);
    await visit('1001');
    expect(await planOf('1001')).toEqual(plan);
  });

  test('keeps its place in the plan when a viewer opens it, and the visit is stored', async () => {
    const plan = await planOf('1001');
    await visit('1001', viewer);
    expect(await planOf('1001')).toEqual(plan);
    expect((await getPinsAndRecents(app.services, viewer)).visited.map(({ key }) => key)).toEqual(['1001']);
  });

  test('is stored without a check when it is removed, and not at all when it is unknown', async () => {
    await app.services.store.markDeviceRemoved({ by: 'deviceId', id: '1002' }, app.clock.now());
    const plan = await planOf('1002');
    await visit('1002');
    expect(await planOf('1002')).toEqual(plan);
    await visit('4040');
    expect((await getPinsAndRecents(app.services, support)).visited.map(({ key }) => key)).toEqual(['1002']);
    expect(app.warnings).toEqual([]);
  });

  test('is shown also when the store cannot write', async () => {
    const failing = { ...app.services.store, recordVisit: () => Promise.reject(new Error('full')) };
    await noteVisit({ ...app.services, store: failing }, support, { by: 'deviceId', id: '1001' });
    expect(app.warnings).toEqual(['visit not recorded']);
  });
});
