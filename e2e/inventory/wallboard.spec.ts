import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { eventOptions, openTransport } from '../support/events.ts';
import { untilFound } from '../support/inventory.ts';
import { en } from '../support/texts.ts';

const words = en.wallboard;

test.use({ appOptions: eventOptions('stream'), viewport: { width: 1_920, height: 1_080 } });

test.beforeAll(async ({ api, app }) => {
  await untilFound(await api('admin'));
  await openTransport(app, 'stream');
});

async function open(page: Page, path: string) {
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto(path);
  await listening;
}

/** The number of devices in a status on the wallboard. */
const countOf = async (page: Page, state: keyof typeof en.status) => {
  const item = page
    .getByRole('region', { name: words.counts })
    .getByRole('listitem')
    .filter({ hasText: en.status[state] as string });
  return Number((await item.innerText()).match(/\d+/)?.[0]);
};

type Row = { deviceId: string; room: { id: string; name: string } | null; group: { id: string } | null };

test('a device that goes offline appears at once, counted and first', async ({ page, app, enter, api }) => {
  const { deviceId } = await app.scenario('casting');
  const device = (await (await api('support')).get(`/api/v1/devices?q=${deviceId}`)).json() as Promise<{
    items: Row[];
  }>;
  const [row] = (await device).items;
  await enter('viewer');
  await open(page, '/wallboard');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  const before = await countOf(page, 'offline');
  await app.simulator.control('DELETE', '/calls');
  await app.simulator.control('POST', '/events', { type: 'alarm', deviceId, status: 'open' });
  await expect.poll(() => countOf(page, 'offline')).toBe(before + 1);
  const tile = page.getByRole('heading', { level: 2 }).locator('xpath=following::li').first();
  await expect(tile).toContainText(row?.room?.name ?? '');
  await expect(tile).toContainText(en.status.offline);
  expect(await app.calls()).toBe(0);
});

test('nothing scrolls on a big screen, and devices that do not fit are counted', async ({
  page,
  enter,
  api,
}) => {
  const { total } = await (await api('support'))
    .get('/api/v1/devices?status=offline&limit=1')
    .then((answer) => answer.json());
  await enter('viewer');
  for (const [width, height] of [
    [1_920, 1_080],
    [1_366, 768],
    [1_024, 600],
  ] as const) {
    await page.setViewportSize({ width, height });
    await open(page, '/wallboard');
    const scrolls = await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight);
    expect(scrolls, `${width} x ${height}`).toBe(false);
    const tiles = page.getByRole('main').locator('h2 + ul, h2 ~ ul').getByRole('listitem');
    await expect(async () => {
      const seen = await tiles.count();
      for (const at of [0, seen - 1]) await expect(tiles.nth(at)).toBeInViewport({ ratio: 1 });
    }).toPass();
    if (height === 600) await expect(page.getByText(/^and \d+ more$/)).toBeVisible();
  }
  expect(total).toBeGreaterThan(0);
});

test('the wallboard of a group shows only that group with its name, and the rooms link to it', async ({
  page,
  enter,
  api,
}) => {
  const support = await api('support');
  const { items } = (await (await support.get('/api/v1/room-groups')).json()) as {
    items: { id: string; name: string; devices: number }[];
  };
  const group = items.find(({ devices, name }) => devices > 0 && /^\d+F$/.test(name));
  await enter('viewer');
  await page.goto(`/rooms?group=${group?.id}`);
  await page.getByRole('link', { name: en.rooms.wall }).click();
  await expect(page).toHaveURL(`/wallboard?group=${group?.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(group?.name ?? '');
  const counts = page.getByRole('region', { name: words.counts }).getByRole('listitem');
  await expect(counts.first()).toBeVisible();
  const sum = (await counts.allInnerTexts()).reduce((all, text) => all + Number(text.match(/\d+/)?.[0]), 0);
  expect(sum).toBe(group?.devices);
  await page.goto('/wallboard?group=nobody-knows');
  await expect(page.getByText(words.noGroup)).toBeVisible();
});

test('shows a lost connection with the time of the data, and hides it when it is back', async ({
  page,
  enter,
  context,
}) => {
  await enter('viewer');
  await context.route('**/api/v1/live*', (route) => route.fulfill({ status: 503 }));
  await page.goto('/wallboard');
  const lost = page.getByText(words.lostSince.split('{')[0] as string);
  await expect(lost).toBeVisible({ timeout: 12_000 });
  await expect(lost).toContainText(/\d\d:\d\d:\d\d/);
  await context.unroute('**/api/v1/live*');
  await expect(lost).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByText(words.asOf.split('{')[0] as string)).toBeVisible();
});

test('data that is no longer updated is not called live', async ({ page, enter, context }) => {
  await enter('viewer');
  await page.clock.install();
  await open(page, '/wallboard');
  await context.route('**/api/v1/devices*', (route) => route.abort());
  await page.clock.runFor(80_000);
  await expect(page.getByText(words.lostSince.split('{')[0] as string)).toBeVisible();
});

test('is dark unless light was chosen, and fills the screen with a key', async ({ page, enter }) => {
  await enter('viewer');
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, '/wallboard');
  const colorScheme = () =>
    page.evaluate(() => {
      const wall = document.querySelector('main')?.parentElement as HTMLElement;
      return getComputedStyle(wall).colorScheme;
    });
  expect(await colorScheme()).toBe('dark');
  await page.keyboard.press('f');
  const whole = page.getByRole('button', { name: words.fullScreen });
  await expect(whole).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('f');
  await expect(whole).toHaveAttribute('aria-pressed', 'false');
  await page.context().addCookies([{ name: 'rooms-desk.theme', value: 'light', url: page.url() }]);
  await page.reload();
  expect(await colorScheme()).toContain('light');
});
