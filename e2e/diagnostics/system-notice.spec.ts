import type { Page } from '@playwright/test';
import { expectNoBarrier } from '../support/accessibility.ts';
import { expect, test } from '../support/app.ts';
import { FAST_CLOCK, openApp } from '../support/app-process.ts';
import { requestsAs } from '../support/request-as.ts';
import { en } from '../support/texts.ts';

const PAGES = ['/', '/devices', '/rooms', '/devices/1234', '/account', '/compare'] as const;
const words = en.serviceNotice;

const banner = (page: Page) => page.getByRole('complementary', { name: words.label });

for (const [what, env, code] of [
  ['client secret', { DINGTALK_CLIENT_SECRET: 'not-the-secret' }, 'credentials-refused'],
  ['operator', { DINGTALK_OPERATOR_UNION_ID: 'simOutsiderUnionId' }, 'operator-refused'],
] as const) {
  test(`shows a wrong ${what} on every page, to each role in its own words`, async ({ page, context }) => {
    test.setTimeout(120_000);
    // Few rooms, because the jobs pause when all rooms have been read.
    const { app, close } = await openApp({
      env: { ...FAST_CLOCK, ...env, INSTANCE_ROLE: 'all' },
      simulatorArgs: ['--rooms', '20'],
    });
    for (const account of ['viewer', 'support', 'admin'] as const) {
      const person = await requestsAs(account, app.url);
      await context.addCookies((await person.storageState()).cookies);
      await person.dispose();
      await expect(async () => {
        await page.goto(`${app.url}/`);
        await expect(banner(page)).toBeVisible({ timeout: 1_000 });
      }).toPass({ timeout: 60_000 });
      for (const path of PAGES) {
        await page.goto(app.url + path);
        await expect(banner(page), `${path} as ${account}`).toContainText(words.title);
        await expect(banner(page), `${path} as ${account}`).toContainText(words.reasons[code]);
        if (account === 'admin') {
          await expect(banner(page)).toContainText(en.systemIssues.catalogue[code].next);
          await expect(banner(page).getByRole('link', { name: words.open })).toHaveAttribute(
            'href',
            '/admin',
          );
        } else {
          await expect(banner(page)).toContainText(account === 'viewer' ? words.forViewer : words.forSupport);
          await expect(banner(page).getByRole('link')).toHaveCount(0);
        }
      }
      await expectNoBarrier(page, `the service notice as ${account}`);
    }
    await page.goto(`${app.url}/admin`);
    await expect(banner(page), 'the service page lists it itself').toHaveCount(0);
    await expect(page.locator(`[data-trouble=${code}]`)).toBeVisible();
    const upstream = page.getByRole('region', { name: en.admin.upstream.title });
    const lastFailed = upstream.locator('dt', { hasText: en.admin.upstream.lastFailed }).locator('xpath=..');
    await expect(lastFailed).not.toContainText(en.admin.upstream.never);
    await close();
  });
}

test('shows no such notice while data arrives', async ({ page, enter }) => {
  await enter('viewer');
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.getByRole('main')).toBeVisible();
    await expect(banner(page)).toHaveCount(0);
  }
});
