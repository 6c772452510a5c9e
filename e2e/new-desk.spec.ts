import { expect, test } from './desk.ts';
import { expectNoBarrier, LANGUAGES } from './no-barrier.ts';
import { en, zh } from './words.ts';

// A desk of its own, on which nobody looks anything up; one value differs for that.
test.use({ deskOptions: { env: { FRESH_FOR_SECONDS: '62' } } });

for (const { lang, locale } of LANGUAGES) {
  test.describe(`in ${lang}`, () => {
    test.use({ locale });
    test('a desk that knows no device yet says so, without a barrier', async ({ page, enter }) => {
      await enter('viewer');
      await page.goto('/');
      const { atHandNone } = (lang === 'en' ? en : zh).search;
      await expect(page.getByRole('main')).toContainText(atHandNone);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expectNoBarrier(page, 'look up with nothing at hand');
    });
  });
}
