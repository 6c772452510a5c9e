import type { Locator } from '@playwright/test';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import { expect, test } from '../support/app.ts';
import { KNOWING, untilFound } from '../support/inventory.ts';
import { en } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => {
  const admin = await api('admin');
  await untilFound(admin);
  const attention = async () => {
    const { critical, warning } = (await (await admin.get('/api/v1/overview')).json()) as OverviewAnswer;
    return critical + warning;
  };
  await expect.poll(attention, 'issues are found after the devices').toBeGreaterThan(0);
});

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 360, height: 780 },
]) {
  test(`shows at ${viewport.width} px how many devices need attention and the worst one, without scrolling`, async ({
    page,
    enter,
  }) => {
    await page.setViewportSize(viewport);
    await enter('admin');
    await page.goto('/');
    const headline = page.getByRole('heading', { level: 1 });
    const worst = page.getByRole('region', { name: en.overview.list }).getByRole('listitem').first();
    // Issues are still being found, and the page follows: what it shows and what is known agree at some moment.
    await expect(async () => {
      const overview = (await (await page.request.get('/api/v1/overview')).json()) as OverviewAnswer;
      await expect(headline).toHaveText(
        `${overview.critical + overview.warning} of ${overview.known} devices need attention`,
        { timeout: 1_000 },
      );
      const { device } = overview.items[0] as OverviewAnswer['items'][number];
      await expect(worst).toContainText(device.room?.name ?? '', { timeout: 1_000 });
      await expect(worst).toContainText(en.issues.catalogue[device.issues[0] as 'offline'].short);
    }).toPass();
    await expect(worst.locator('time')).toBeVisible();
    for (const each of [headline, worst]) await expectWithin(each, viewport);
  });
}

/** It is on the first screen, whole. */
async function expectWithin(locator: Locator, { width, height }: { width: number; height: number }) {
  const box = await locator.boundingBox();
  expect(box).not.toBeNull();
  expect((box?.y ?? 0) + (box?.height ?? height)).toBeLessThanOrEqual(height);
  expect((box?.x ?? 0) + (box?.width ?? width)).toBeLessThanOrEqual(width);
}

test('leads to each of its devices, and to the list of all of them, worst first', async ({ page, enter }) => {
  await enter('support');
  await page.goto('/');
  const list = page.getByRole('region', { name: en.overview.list });
  const names = await list.getByRole('listitem').allInnerTexts();
  expect(names.length).toBeGreaterThan(0);
  await list.getByRole('link', { name: /^View all/ }).click();
  await expect(page).toHaveURL((url) => url.searchParams.getAll('issue').join() === '(critical),(warning)');
  const total = Number(/\d+/.exec(await page.getByRole('heading', { level: 1 }).innerText())?.[0]);
  expect(total).toBeGreaterThanOrEqual(names.length);
  await page.goBack();
  await list.getByRole('listitem').first().getByRole('link').click();
  await expect(page).toHaveURL(/\/devices\/\w+$/);
  await expect(
    page.getByRole('region', { name: en.issues.title }).getByRole('heading').first(),
  ).toBeVisible();
});

test('counts devices by severity, and each count leads to its devices', async ({ page, enter, api }) => {
  await enter('viewer');
  await page.goto('/');
  for (const [severity, issue] of [
    ['critical', '(critical)'],
    ['healthy', '(none)'],
  ] as const) {
    await page.goto('/');
    const link = page.getByRole('link', { name: new RegExp(`^\\d+ ?${en.overview.severity[severity]}$`) });
    const query = new URLSearchParams({ issue });
    const viewer = await api('viewer');
    await expect(async () => {
      const { total } = await (await viewer.get(`/api/v1/devices?${query}`)).json();
      expect(Number.parseInt(await link.innerText(), 10)).toBe(total);
    }).toPass();
    await link.click();
    await expect(page).toHaveURL(
      (url) => url.pathname === '/devices' && url.searchParams.get('issue') === issue,
    );
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d+ of \d+ devices$/);
  }
});

test('shows what the reader pinned and viewed beside the list', async ({ page, enter }) => {
  await enter('support');
  await page.goto('/');
  const first = page.getByRole('region', { name: en.overview.list }).getByRole('link').nth(1);
  await first.click();
  await expect(page).toHaveURL(/\/devices\/\w+$/);
  await expect(page.getByRole('article')).toBeVisible();
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  await page.goto('/');
  await expect(page.getByRole('region', { name: en.search.groups.visited })).toContainText(name);
});
