import { expect, test } from './desk.ts';
import { KNOWING, untilFound } from './inventory.ts';
import { LIST_SCREENS } from './list-screens.ts';
import { expectNoBarrier, LANGUAGES } from './no-barrier.ts';

test.use({ deskOptions: KNOWING });
test.beforeAll(async ({ api }) => void (await untilFound(await api('admin'))));

for (const { lang, locale } of LANGUAGES) {
  test.describe(`in ${lang}`, () => {
    test.use({ locale });
    for (const screen of LIST_SCREENS) {
      test(`${screen.name}: no barrier at any width, light or dark`, async ({ page, desk, enter }) => {
        if (screen.as) await enter(screen.as);
        await screen.open(page, desk);
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        await expectNoBarrier(page, screen.name);
      });
    }
  });
}
