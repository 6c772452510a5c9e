import { expect, test } from './desk.ts';
import { expectNoBarrier, LANGUAGES } from './no-barrier.ts';
import { prepareScreens, SCREENS } from './screens.ts';

test.beforeAll(async ({ api, desk }) => prepareScreens(await api('support'), desk));

for (const { lang, locale } of LANGUAGES) {
  test.describe(`in ${lang}`, () => {
    test.use({ locale });
    for (const screen of SCREENS) {
      test(`${screen.name} has no barrier at any width, light or dark`, async ({ page, desk, enter }) => {
        if (screen.as) await enter(screen.as);
        await screen.open(page, desk);
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        await expectNoBarrier(page, screen.name);
      });
    }
  });
}
