import type { APIRequestContext } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { untilFound, wholeList } from '../support/inventory.ts';
import { changeDevice, openDevice, issueTexts as words, worst } from '../support/issues.ts';
import { en } from '../support/texts.ts';

type Row = { deviceId: string; model: string | null; group: { id: string } | null; issues: string[] };

/** The devices of the floor with the most of them, as lists show them. */
async function fullestFloor(support: APIRequestContext): Promise<Row[]> {
  const rows = await wholeList<Row>(support, '/api/v1/devices?limit=200');
  const floors = Map.groupBy(rows, ({ group }) => group?.id);
  floors.delete(undefined);
  return [...floors.values()].reduce((one, other) => (other.length > one.length ? other : one));
}

const refreshDevices = async (support: APIRequestContext, ids: string[]) => {
  for (const id of ids) {
    expect((await support.get(`/api/v1/devices/query?deviceId=${id}&fresh=true`)).status()).toBe(200);
  }
};

test.use({
  appOptions: {
    env: { INSTANCE_ROLE: 'all', DINGTALK_QPS: '60', FRESH_FOR_SECONDS: '600', QUESTIONS_PER_MINUTE: '500' },
    simulatorArgs: ['--rooms', '60', '--qps', '0', '--monthly', '1000000'],
  },
});
test.beforeEach(async ({ api, enter }) => {
  await untilFound(await api('admin'));
  await enter('support');
});

test('a floor switch that fails is one issue of the floor, on every page and in the list', async ({
  page,
  app,
  api,
}) => {
  const support = await api('support');
  const floor = (await fullestFloor(support)).map(({ deviceId }) => deviceId);
  expect(floor.length).toBeGreaterThanOrEqual(3);
  for (const id of floor) await changeDevice(app, id, { deviceStatus: 'offline' });
  await refreshDevices(support, floor);
  const code = 'offline-with-neighbours';
  await openDevice(page, floor[0] ?? '');
  await expect(worst(page).getByRole('heading')).toContainText(words[code].title);
  const evidence = worst(page).getByRole('list', { name: en.issues.rests });
  await expect(evidence).toContainText(`${floor.length - 1} of ${floor.length - 1} others in`);
  // Lists show the stored issues, which follow the readings.
  const counted = async () =>
    (await (await support.get(`/api/v1/devices?issue=${code}`)).json()).total as number;
  await expect.poll(counted, { timeout: 60_000 }).toBe(floor.length);
  await page.goto('/devices');
  await page.getByRole('link', { name: new RegExp(`^${words[code].short}`) }).click();
  await expect(page).toHaveURL(/issue=offline-with-neighbours/);
  for (const id of floor) await expect(page.locator(`a[href="/devices/${id}"]`).first()).toBeVisible();
  for (const id of floor) await changeDevice(app, id, { deviceStatus: 'idle' });
  await refreshDevices(support, floor);
  await expect.poll(counted, { timeout: 60_000 }).toBe(0);
});

test('a room without a device shows possible causes and what to do', async ({ page, app }) => {
  const { roomId } = await app.scenario('unboundDevice');
  await page.goto(`/rooms/${roomId}`);
  await expect(worst(page).getByRole('heading')).toContainText(words['room-without-device'].title);
});
