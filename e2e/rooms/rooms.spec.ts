import type { Page } from '@playwright/test';
import { expectNoBarrier } from '../support/accessibility.ts';
import { expect, test } from '../support/app.ts';
import { KNOWING, untilFound, wholeList } from '../support/inventory.ts';
import { en, problemTexts } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

type Room = { id: string; name: string; path: string[]; group: { id: string } };

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const table = (page: Page) => page.getByRole('table', { name: en.rooms.title });
const places = (page: Page) =>
  table(page)
    .getByRole('rowheader')
    .locator('a[href^="/rooms/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
const tree = (page: Page) => page.getByRole('navigation', { name: en.rooms.groups });
const box = (page: Page) => page.getByRole('main').getByRole('textbox', { name: en.rooms.find });

test('opens the tree down to a floor, whose rooms become the list and the address', async ({
  page,
  enter,
  api,
  app,
}) => {
  const rooms = await wholeList<Room>(await api('viewer'), '/api/v1/rooms?limit=200');
  const some = rooms.find(({ path }) => path.length === 3);
  const [city = '', building = '', floor = ''] = some?.path ?? [];
  await enter('viewer');
  await app.simulator.control('DELETE', '/calls');
  await page.goto('/rooms');
  await expect(page.getByRole('status').filter({ hasText: `${rooms.length} rooms` })).toBeVisible();
  const branch = tree(page).getByRole('listitem').filter({ hasText: city }).first();
  await branch.getByRole('button', { name: en.rooms.open.replace('{name}', building) }).click();
  await branch
    .getByRole('link', { name: new RegExp(`^${floor} `) })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`group=${some?.group.id}`));
  await expect(title(page)).toContainText(floor);
  const onFloor = rooms.filter(({ path }) => path.join('/') === some?.path.join('/'));
  await expect.poll(() => places(page)).toHaveLength(onFloor.length);
  expect(new Set(await places(page))).toEqual(new Set(onFloor.map(({ id }) => `/rooms/${id}`)));
  await page.reload();
  await expect(title(page), 'a link leads to the same floor').toContainText(floor);
  expect(await places(page)).toHaveLength(onFloor.length);
  expect(await app.calls()).toBe(0);
});

test('statuses, words and orders filter and sort the list, and can be removed', async ({ page, enter }) => {
  await enter('viewer');
  await page.goto('/rooms');
  const states = page.getByRole('navigation', { name: en.rooms.byState });
  const ringing = states.getByRole('link', { name: /Ringing$/ });
  const count = Number.parseInt(await ringing.innerText(), 10);
  await ringing.click();
  await expect(page).toHaveURL(/\/rooms\?status=ringing$/);
  await expect.poll(() => places(page)).toHaveLength(count);
  await page.getByRole('combobox', { name: en.rooms.sortBy }).selectOption(en.rooms.sort['-capacity']);
  await expect(page).toHaveURL(/sort=-capacity/);
  const sorted = await wholeList<Room>(page.request, '/api/v1/rooms?status=ringing&sort=-capacity');
  await expect.poll(() => places(page)).toEqual(sorted.map(({ id }) => `/rooms/${id}`));
  await box(page).fill('no room is called like this');
  await expect(page.getByText(en.list.nothingMatches)).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: en.list.clearFilters }).click();
  await box(page).fill('test meeting');
  await expect.poll(() => places(page)).toEqual(['/rooms/7263xxxxx']);
});

test('a room’s page shows its devices and its place, with links', async ({ page, enter, app }) => {
  const { roomId, deviceId, controllerIds } = await app.scenario('wrongRoomController');
  await enter('support');
  await page.goto(`/rooms?q=${roomId}`);
  await table(page).getByRole('rowheader').getByRole('link').click();
  await expect(page).toHaveURL(`${app.url}/rooms/${roomId}`);
  const devices = page.getByRole('region', { name: en.rooms.one.devices });
  await expect(devices.locator(`a[href="/devices/${deviceId}"]`)).toBeVisible();
  for (const id of controllerIds) await expect(devices.locator(`a[href="/devices/${id}"]`)).toBeVisible();
  const way = page.getByRole('navigation', { name: en.rooms.one.where });
  const above = way.getByRole('link').last();
  const group = await above.innerText();
  await devices.locator(`a[href="/devices/${deviceId}"]`).click();
  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
  await page.goBack();
  await above.click();
  await expect(page).toHaveURL(/\/rooms\?group=/);
  await expect(title(page)).toContainText(group);
});

test('an unknown room says that it does not exist', async ({ page, enter }) => {
  await enter('viewer');
  await page.goto('/rooms/nobody-knows');
  await expect(title(page)).toHaveText(problemTexts('room-not-found.room').title);
});

test('pins a room on its page, shows it on the home page and unpins it there', async ({
  page,
  enter,
  app,
}) => {
  const { roomId } = await app.scenario('wired');
  await enter('viewer');
  await page.goto(`/rooms/${roomId}`);
  const name = await title(page).innerText();
  const pin = page.getByRole('button', { name: en.search.pin, exact: true });
  const pinned = page.getByRole('button', { name: en.search.pinned, exact: true });
  await pin.click();
  // Until the server has answered, the next page may still be rendered without the pin.
  await expect(pinned).toHaveAttribute('aria-disabled', 'false');
  await page.goto('/');
  const group = page.getByRole('region', { name: en.search.groups.pinned });
  await expect(group.getByRole('link', { name }).first()).toBeVisible();
  await group.getByRole('link', { name }).first().click();
  await expect(title(page)).toHaveText(name);
  await pinned.click();
  await expect(pin).toHaveAttribute('aria-disabled', 'false');
  await page.goto('/');
  await expect(page.getByRole('region', { name: en.search.groups.pinned })).toHaveCount(0);
});

test('an open list of rooms shows a new reading of a device', async ({ page, enter, api, app }) => {
  const { deviceId, roomId } = await app.scenario('casting');
  await enter('viewer');
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto(`/rooms?q=${roomId}`);
  const unit = table(page)
    .getByRole('listitem')
    .filter({ has: page.locator(`a[href="/devices/${deviceId}"]`) });
  await expect(unit.first()).toContainText(en.status.casting);
  await listening;
  const record = await app.simulator.control<{ deviceStatus: string }>('GET', `/devices/${deviceId}`);
  const becomes = async (deviceStatus: string) => {
    await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus });
    const asked = await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
    expect(asked.status()).toBe(200);
  };
  await becomes('offline');
  await expect(unit.first()).toContainText(en.status.offline);
  await becomes(record.deviceStatus);
});

test('a filter pressed before the page is interactive still narrows the list', async ({ page, enter }) => {
  await enter('viewer');
  // Presses as soon as the script has found the link, which is before the router listens to addresses.
  await page.addInitScript(() => {
    const { port1, port2 } = new MessageChannel();
    const press = () => {
      if (location.search !== '') return;
      const link = document.querySelector<HTMLAnchorElement>('a[href="/rooms?status=ringing"]');
      if (link && Object.keys(link).some((key) => key.startsWith('__reactProps'))) link.click();
      port2.postMessage(null);
    };
    port1.onmessage = press;
    port2.postMessage(null);
  });
  await page.goto('/rooms');
  await expect(page).toHaveURL(/\/rooms\?status=ringing$/);
  const ringing = await wholeList<Room>(page.request, '/api/v1/rooms?status=ringing');
  await expect.poll(() => places(page)).toHaveLength(ringing.length);
});

test('shows rooms and one room as they were known, with the tree and the links of that moment', async ({
  page,
  enter,
}) => {
  await enter('viewer');
  const at = new Date().toISOString();
  await page.goto(`/rooms?at=${at}`);
  const message = page.getByRole('region', { name: /^Snapshot from/ });
  await expect(message).toContainText(en.snapshots.same);
  const link = page.getByRole('table').getByRole('rowheader').first().getByRole('link').first();
  const name = await link.innerText();
  await page.goto(`/rooms?at=${at}&q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('table').getByRole('rowheader')).toHaveCount(1);
  await expectNoBarrier(page, 'the rooms as they were known');
  await link.click();
  await expect(page).toHaveURL(/\/rooms\/[^?]+\?at=/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(message).toBeVisible();
  await expectNoBarrier(page, 'a room as it was known');
  await page.getByRole('navigation', { name: en.rooms.one.where }).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/rooms\?at=/);
  await page.goto('/rooms/nobody?at=2020-01-01');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    problemTexts('room-not-found.not-known-then').title,
  );
});
