import type { Page } from '@playwright/test';
import {
  OPENID_CLIENT,
  type ScriptedOpenid,
  startScriptedOpenid,
  type Twist,
} from '../../lib/testing/servers/scripted-openid.ts';
import { test as base, expect } from '../support/app.ts';
import { en } from '../support/texts.ts';

const test = base.extend<object, { provider: ScriptedOpenid }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => {
      const provider = await startScriptedOpenid();
      await use(provider);
      await provider.close();
    },
    { scope: 'worker' },
  ],
  appOptions: [
    async ({ provider }, use) => {
      const { clientId, clientSecret } = OPENID_CLIENT;
      await use({
        env: { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret },
      });
    },
    { scope: 'worker' },
  ],
});

const nameOf = ({ issuer }: ScriptedOpenid) => new URL(issuer).host;

async function comeFrom(page: Page, provider: ScriptedOpenid): Promise<void> {
  await page.goto('/devices/1234');
  await page.getByRole('button', { name: en.signIn.with.replace('{name}', nameOf(provider)) }).click();
}

const TWISTS: [what: string, twist: Twist, words: keyof typeof en.oidcTrouble][] = [
  ['a token of another issuer', { claims: (c) => ({ ...c, iss: 'https://evil.example' }) }, 'issuer'],
  ['a token for another application', { claims: (c) => ({ ...c, aud: 'another' }) }, 'audience'],
  ['a token of another sign-in', { claims: (c) => ({ ...c, nonce: 'another' }) }, 'nonce'],
  ['a token that has expired', { claims: (c) => ({ ...c, exp: 1 }) }, 'time'],
  ['a token without a subject', { claims: ({ sub: _, ...c }) => c }, 'subject'],
  ['a token without a signature', { token: async (claims) => unsigned(claims) }, 'signature'],
  ['unknown credentials', { answer: { status: 401, body: { error: 'invalid_client' } } }, 'client'],
];

const unsigned = (claims: object) =>
  `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

for (const [what, twist, words] of TWISTS) {
  test(`${what}: refuses the sign-in and says what to fix`, async ({ page, provider, app }) => {
    provider.behave(twist);
    await comeFrom(page, provider);
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toHaveText(en.oidcTrouble[words].replace('{name}', nameOf(provider)));
    await expect(page).toHaveURL(new RegExp(`^${app.url}/sign-in`));
    expect((await page.request.get('/api/v1/devices/query?deviceId=1234')).status()).toBe(401);
    expect(app.logs()).toContain('OpenID Connect sign-in refused');
    expect(app.logs()).not.toContain(OPENID_CLIENT.clientSecret);
  });
}

test('signs in people of a correct provider as viewers', async ({ page, provider, app }) => {
  provider.behave();
  await comeFrom(page, provider);
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
  const title = page.getByTitle('Signed in as Ada, viewer').first();
  await expect(title).toHaveAttribute('title', new RegExp(en.roleReason.everyone));
});

test('refuses an answer that this browser did not ask for', async ({ page, provider, app }) => {
  provider.behave();
  const transport = new URL(`${provider.issuer}/authorize`);
  transport.searchParams.set('redirect_uri', `${app.url}/api/auth/callback/oidc`);
  transport.searchParams.set('state', 'made-up');
  await page.goto(transport.href);
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  expect((await page.request.get('/api/v1/devices/query?deviceId=1234')).status()).toBe(401);
});
