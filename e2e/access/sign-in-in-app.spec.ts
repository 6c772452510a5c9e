import type { Page } from '@playwright/test';
import { expectNoBarrier } from '../support/accessibility.ts';
import { expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile ' +
  'Safari/537.36 AliApp(DingTalk/7.6.15) com.alibaba.android.rimet/0 Channel/700159 language/en-US';
const IOS =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 ' +
  'AliApp(DingTalk/7.6.15) com.laiwang.DingTalk/1 Channel/201200 language/en';

test.use({
  userAgent: ANDROID,
  appOptions: { env: { DINGTALK_IN_APP: 'on', DINGTALK_SUPPORT_ROLES: 'IT支持' } },
});

type Bridge = { asked: unknown[]; answer: 'code' | 'no' | 'nothing' };
type Client = Window & { bridge: Bridge; mintCode: () => Promise<string> };

/** The function that DingTalk's client adds to a page on Android. The library calls it. */
function androidBridge(answer: Bridge['answer']): void {
  const client = window as unknown as Client & { nuva: unknown };
  client.bridge = { asked: [], answer };
  type Say = (said: object) => void;
  const ask = (good: Say, bad: Say, module: string, method: string, params: object) => {
    client.bridge.asked.push({ api: `${module}.${method}`, ...JSON.parse(JSON.stringify(params)) });
    if (answer === 'code') void client.mintCode().then((code) => good({ code }));
    if (answer === 'no') bad({ errorCode: '7', errorMessage: 'no permission' });
  };
  client.nuva = { isReady: true, require: () => ask };
}

/** The same on an iPhone. */
function iosBridge(answer: Bridge['answer']): void {
  const client = window as unknown as Client & { WebViewJavascriptBridge: unknown };
  client.bridge = { asked: [], answer };
  client.WebViewJavascriptBridge = {
    init: () => undefined,
    callHandler: (api: string, params: object, callback: (said: object) => void) => {
      client.bridge.asked.push({ api, ...JSON.parse(JSON.stringify(params)) });
      if (answer === 'code')
        void client.mintCode().then((code) => callback({ errorCode: '0', result: { code } }));
      if (answer === 'no') callback({ errorCode: '7', errorMessage: 'no permission' });
    },
  };
}

type Mint = () => Promise<string>;

async function openClient(page: Page, mint: Mint, answer: Bridge['answer'] = 'code', bridge = androidBridge) {
  await page.exposeFunction('mintCode', mint);
  await page.addInitScript(bridge, answer);
}

const minted =
  (
    simulator: { control: (method: string, path: string, body?: unknown) => Promise<unknown> },
    unionId: string,
  ) =>
  async () =>
    ((await simulator.control('POST', '/codes', { unionId })) as { code: string }).code;

const failed = (page: Page) => page.getByText(en.signIn.inAppFailed);
const status401 = async (page: Page) =>
  expect((await page.request.get('/api/v1/devices/query?deviceId=1234')).status()).toBe(401);

const PEOPLE: [unionId: string, name: string, role: string, why: string][] = [
  ['simAdminUnionId', '陈若兰', 'admin', en.roleReason['dingtalk-admin']],
  ['simSupportUnionId', '李志远', 'support', en.roleReason['dingtalk-role']],
  ['simViewerUnionId', '赵小雨', 'viewer', en.roleReason.everyone],
];

for (const [unionId, name, role, why] of PEOPLE) {
  test(`${name} opens a link inside DingTalk and is signed in as ${role} without pressing a button`, async ({
    page,
    app,
  }) => {
    await openClient(page, minted(app.simulator, unionId));
    await page.goto('/devices/1234');
    await expect(page).toHaveURL(`${app.url}/devices/1234`);
    const title = page.getByTitle(`Signed in as ${name}, ${role}`).first();
    await expect(title).toHaveAttribute('title', new RegExp(why));
  });
}

for (const [what, bridge, userAgent] of [
  ['Android', androidBridge, ANDROID],
  ['an iPhone', iosBridge, IOS],
] as const) {
  test.describe(`on ${what}`, () => {
    test.use({ userAgent });
    test('asks the client in the name of the organization and the app', async ({ page }) => {
      await openClient(page, async () => '', 'no', bridge);
      await page.goto('/sign-in');
      await expect(failed(page)).toBeVisible();
      const asked = await page.evaluate(() => (window as unknown as Client).bridge.asked);
      const api = 'runtime.permission.requestAuthCodeV2';
      expect(asked).toMatchObject([{ api, corpId: 'dingsimcorp', clientId: 'dingsimulator' }]);
    });

    test('signs in with a code', async ({ page, app }) => {
      await openClient(page, minted(app.simulator, 'simViewerUnionId'), 'code', bridge);
      await page.goto('/devices/1234');
      await expect(page).toHaveURL(`${app.url}/devices/1234`);
    });
  });
}

for (const [what, answer] of [
  ['says no', 'no'],
  ['says nothing', 'nothing'],
] as const) {
  test(`a client that ${what} leaves the other ways to sign in`, async ({ page, app }) => {
    await openClient(page, async () => '', answer);
    await page.clock.install();
    await page.goto('/devices/1234');
    // The page waits six seconds for an answer of the client.
    await expect(async () => {
      await page.clock.fastForward(6_000);
      await expect(failed(page)).toBeVisible({ timeout: 500 });
    }).toPass();
    await expectNoBarrier(page, `sign-in inside a client that ${what}`);
    await page.getByRole('button', { name: en.signIn.dingtalk }).click();
    await page.getByRole('link', { name: '赵小雨' }).click();
    await expect(page).toHaveURL(`${app.url}/devices/1234`);
  });
}

const CODES: [what: string, mint: (of: (unionId: string) => Mint) => Mint, words: string][] = [
  ['that DingTalk never gave', () => async () => 'made-up', en.signIn.errors['code-refused']],
  ['of an external contact', (of) => of('simExternalUnionId'), en.signIn.errors['not-an-employee']],
];

for (const [what, mint, words] of CODES) {
  test(`a code ${what} is refused and not requested again`, async ({ page, app }) => {
    await openClient(
      page,
      mint((unionId) => minted(app.simulator, unionId)),
    );
    await page.goto('/devices/1234');
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(words);
    expect(await page.evaluate(() => (window as unknown as Client).bridge.asked)).toEqual([]);
    await expect(page.getByRole('button', { name: en.signIn.inApp })).toBeEnabled();
    await status401(page);
  });
}

test('does not sign a person in again after they signed out, until they press the button', async ({
  page,
  app,
}) => {
  await openClient(page, minted(app.simulator, 'simViewerUnionId'));
  await page.goto('/');
  await page.getByRole('button', { name: en.nav.signOut }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.signIn.title);
  await page.goto('/devices/1234');
  const again = page.getByRole('button', { name: en.signIn.inApp });
  await expect(again).toBeEnabled();
  expect(await page.evaluate(() => (window as unknown as Client).bridge.asked)).toEqual([]);
  await again.click();
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
});

test('refuses a code without the form’s own token, so that no other site can send one', async ({
  page,
  app,
}) => {
  const code = await minted(app.simulator, 'simAdminUnionId')();
  for (const csrfToken of ['', 'made-up']) {
    const form = { code, csrfToken, callbackUrl: '/' };
    await page.request.post('/api/auth/callback/dingtalk-in-app', { form, maxRedirects: 0 });
    await status401(page);
  }
});

test.describe('in a browser', () => {
  test.use({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36' });
  test('the sign-in for DingTalk’s client is neither shown nor loaded', async ({ page }) => {
    await openClient(page, async () => 'x');
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: en.signIn.dingtalk })).toBeVisible();
    await expect(page.getByRole('button', { name: en.signIn.inApp })).toHaveCount(0);
    expect(await page.evaluate(() => (window as unknown as Client).bridge.asked)).toEqual([]);
  });
});
