import { expect, test } from '../support/app.ts';
import { KNOWING, serviceOf, untilFound } from '../support/inventory.ts';
import { en } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

test('an admin sees calls used, known devices and runs with the figures of the ledger', async ({
  page,
  enter,
  api,
}) => {
  const service = await serviceOf(await api('admin'));
  await enter('admin');
  await page.goto('/admin');
  const main = page.getByRole('main');
  const spent = service.budget.spent.toLocaleString('en');
  await expect(main).toContainText(`${spent} used`);
  for (const part of ['budget', 'discovery', 'round', 'upstream'] as const) {
    await expect(main.getByRole('heading', { name: en.admin[part].title, exact: true })).toBeVisible();
  }
  const known = main.getByRole('list', { name: en.admin.inventory.title });
  await expect(known).toContainText(service.inventory.devices.toLocaleString('en'));
  await main.locator('figure details summary').click();
  await expect(main.getByRole('table')).toContainText(en.admin.purpose.discovery);
});

test('a call by another person appears on the open page', async ({ page, enter, api, app }) => {
  await enter('admin');
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto('/admin');
  await listening;
  const { budget } = await serviceOf(await api('admin'));
  const { deviceId } = await app.scenario('idle');
  await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  const spent = `${(budget.spent + 1).toLocaleString('en')} used`;
  await expect(page.getByRole('main')).toContainText(spent, { timeout: 10_000 });
});

for (const account of ['viewer', 'support'] as const) {
  test(`${account} sees that the admin page is for admins, and nothing of its content`, async ({
    page,
    enter,
  }) => {
    await enter(account);
    await page.goto('/');
    const menu = page.getByRole('navigation', { name: en.nav.main });
    await expect(menu.getByRole('link', { name: en.nav.admin })).toHaveCount(0);
    await page.goto('/admin');
    await expect(page.getByRole('main')).toContainText(en.admin.forAdmins);
    const payload = await (await page.request.get('/admin', { headers: { RSC: '1' } })).text();
    for (const text of [await page.content(), payload]) {
      expect(text).not.toContain('byDay');
      expect(text).not.toContain('callsPerSecond');
    }
  });
}
