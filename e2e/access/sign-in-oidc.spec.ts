import type { Page } from '@playwright/test';
import { expectNoBarrier, LANGUAGES } from '../support/accessibility.ts';
import { test as base, expect } from '../support/app.ts';
import { type OpenidProvider, startOpenidProvider } from '../support/openid-provider.ts';
import { en, zh } from '../support/texts.ts';

const test = base.extend<{ registered: undefined }, { provider: OpenidProvider }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => {
      const provider = await startOpenidProvider();
      await use(provider);
      await provider.close();
    },
    { scope: 'worker' },
  ],
  appOptions: [
    async ({ provider }, use) => use({ env: { ...provider.env, SUPPORT: 'alan' } }),
    { scope: 'worker' },
  ],
  registered: [
    async ({ provider, app }, use) => {
      provider.register(app.url);
      await use(undefined);
    },
    { auto: true },
  ],
});

const BUTTON = en.signIn.with.replace('{name}', 'Example ID');

/** From Rooms Desk to the provider's pages, where the person signs in and consents. */
async function comeAs(page: Page, person: string, from = '/'): Promise<void> {
  await page.goto(from);
  await page.getByRole('button', { name: BUTTON }).click();
  await page.getByPlaceholder('Enter any login').fill(person);
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('a deep link survives the provider’s pages, and signing out ends the session', async ({
  page,
  context,
  app,
}) => {
  await comeAs(page, 'ada', '/devices/1234');
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
  const title = page.getByTitle('Signed in as Ada Lovelace, support').first();
  await expect(title).toHaveAttribute('title', new RegExp(en.roleReason.claim));
  await page.getByRole('button', { name: en.nav.signOut }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.signIn.title);
  expect((await context.cookies(app.url)).filter(({ name }) => name.endsWith('rooms-desk.session'))).toEqual(
    [],
  );
  await page.goto('/devices/1234');
  await expect(page).toHaveURL(/\/sign-in/);
});

const ROLES: [person: string, name: string, role: string, why: string][] = [
  ['grace', 'Grace Hopper', 'admin', en.roleReason.claim],
  ['alan', 'Alan Turing', 'support', en.roleReason['configured-support']],
];

for (const [person, name, role, why] of ROLES) {
  test(`${name} signs in as ${role} and sees why`, async ({ page, app }) => {
    await comeAs(page, person);
    await expect(page).toHaveURL(`${app.url}/`);
    const title = page.getByTitle(`Signed in as ${name}, ${role}`).first();
    await expect(title).toHaveAttribute('title', new RegExp(why));
  });
}

test('keeps the values of a sign-in from scripts and other sites, and deletes them afterwards', async ({
  page,
  context,
  app,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: BUTTON }).click();
  await page.getByPlaceholder('Enter any login').waitFor();
  const kept = (await context.cookies(app.url)).filter(({ name }) => /(state|nonce|pkce)$/.test(name));
  expect(kept.map(({ name }) => name).sort()).toEqual([
    'rooms-desk.nonce',
    'rooms-desk.pkce',
    'rooms-desk.state',
  ]);
  for (const cookie of kept) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  await page.getByPlaceholder('Enter any login').fill('ada');
  await page.getByPlaceholder('and password').fill('anything');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(`${app.url}/`);
  const left = (await context.cookies(app.url)).filter(({ name }) => /(state|nonce|pkce)$/.test(name));
  expect(left).toEqual([]);
});

test('explains that a person cancelled at the provider and lets them try again', async ({ page, app }) => {
  await page.goto('/devices/1234');
  await page.getByRole('button', { name: BUTTON }).click();
  await page.getByRole('link', { name: /Cancel/ }).click();
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(en.signIn.errors.cancelled);
  await page.getByRole('button', { name: en.signIn.dingtalk }).click();
  await page.getByRole('link', { name: '赵小雨' }).click();
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
});

test('people can sign in with DingTalk beside it, an administrator as admin', async ({ page, app }) => {
  await page.goto('/');
  await page.getByRole('button', { name: en.signIn.dingtalk }).click();
  await page.getByRole('link', { name: '陈若兰' }).click();
  await expect(page).toHaveURL(`${app.url}/`);
  const title = page.getByTitle('Signed in as 陈若兰, admin').first();
  await expect(title).toHaveAttribute('title', new RegExp(en.roleReason['dingtalk-admin']));
});

for (const { lang, locale } of LANGUAGES) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });
    test('the sign-in page with two providers is accessible', async ({ page }) => {
      await page.goto('/sign-in?error=oidc-issuer&callbackUrl=%2Fdevices%2F1234');
      const words = lang === 'en' ? en : zh;
      await expect(page.getByRole('main').getByRole('alert')).toHaveText(
        words.oidcTrouble.issuer.replace('{name}', 'Example ID'),
      );
      await expectNoBarrier(page, `sign-in, ${lang}`);
    });
  });
}
