import { expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const UNREACHABLE_PROVIDER = {
  OIDC_ISSUER: 'http://127.0.0.1:1',
  OIDC_CLIENT_ID: 'desk',
  OIDC_CLIENT_SECRET: 'secret',
};

test.use({ appOptions: { env: { ...UNREACHABLE_PROVIDER, OIDC_NAME: 'Example ID' } } });

test('says that the provider is unreachable and keeps sign-in with DingTalk available', async ({
  page,
  app,
}) => {
  await page.goto('/devices/1234');
  await page.getByRole('button', { name: en.signIn.with.replace('{name}', 'Example ID') }).click();
  const words = en.oidcTrouble.unreachable.replace('{name}', 'Example ID');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(words);
  expect(app.logs()).toContain('OpenID Connect provider not usable');
  await page.getByRole('button', { name: en.signIn.dingtalk }).click();
  await page.getByRole('link', { name: '赵小雨' }).click();
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
});

test('redirects nobody to another site while the provider is unreachable', async ({ request, app }) => {
  for (const callbackUrl of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
    const response = await request.post('/api/auth/signin/oidc', { form: { callbackUrl }, maxRedirects: 0 });
    expect(response.status()).toBe(303);
    expect(response.headers().location).toBe(`${app.url}/sign-in?error=oidc-unreachable&callbackUrl=%2F`);
  }
});
