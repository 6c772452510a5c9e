import { expectNoBarrier, LANGUAGES } from '../support/accessibility.ts';
import { expect, test } from '../support/app.ts';
import { en, zh } from '../support/texts.ts';

// A server of its own on which no device is queried; one setting differs to get it.
test.use({ appOptions: { env: { FRESH_FOR_SECONDS: '62' } } });

type Empty = { path: string; as: 'viewer' | 'admin'; says: (words: typeof en) => string };

const EMPTY: readonly Empty[] = [
  { path: '/', as: 'viewer', says: ({ fleet }) => fleet.empty.why },
  { path: '/devices', as: 'viewer', says: ({ fleet }) => fleet.empty.why },
  { path: '/devices', as: 'admin', says: ({ fleet }) => fleet.empty.whyAdmin },
  { path: '/rooms', as: 'viewer', says: ({ rooms }) => rooms.empty.why },
  { path: '/rooms', as: 'admin', says: ({ rooms }) => rooms.empty.whyAdmin },
  { path: '/admin', as: 'admin', says: ({ admin }) => admin.budget.title },
];

for (const { lang, locale } of LANGUAGES) {
  test.describe(`in ${lang}`, () => {
    test.use({ locale });
    for (const { path, as, says } of EMPTY) {
      test(`an empty inventory is explained at ${path} to ${as}, accessibly`, async ({ page, enter }) => {
        await enter(as);
        await page.goto(path);
        await expect(page.getByRole('main')).toContainText(says(lang === 'en' ? en : (zh as typeof en)));
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        await expectNoBarrier(page, `${path} without devices`);
      });
    }
  });
}

test('an empty list leads an admin to the button that starts discovery', async ({ page, enter }) => {
  await enter('admin');
  for (const [path, name] of [
    ['/devices', en.fleet.empty.find],
    ['/rooms', en.rooms.empty.find],
  ] as const) {
    await page.goto(path);
    await page.getByRole('main').getByRole('link', { name }).click();
    await expect(page).toHaveURL(/\/admin/);
    await expect(page.getByRole('button', { name: en.admin.discovery.start })).toBeVisible();
  }
});
