import type { APIRequestContext, Page } from '@playwright/test';
import { type App, expect } from '../support/app.ts';
import { pressUntilFocused } from '../support/by-keyboard.ts';
import { SERVICE_SCREENS } from './admin-screens.ts';
import { ALERT_SCREENS } from './alert-screens.ts';
import { PEOPLE_SCREENS } from './people-screens.ts';
import { DEVICE_QUERY, openBroken, type Screen } from './screen.ts';
import { TAKEN_SCREENS } from './snapshot-screens.ts';

/** Queries the devices of the screens as support, because a viewer may not. */
export async function prepareScreens(request: APIRequestContext, app: App): Promise<void> {
  const { deviceId } = await app.scenario('wrongRoomController');
  for (const id of ['1234', deviceId]) {
    const response = await request.get(`/api/v1/devices/query?deviceId=${id}`);
    expect(response.status()).toBe(200);
  }
  for (const text of ['The key is at reception.\nCall before you go.', 'x'.repeat(2_000)]) {
    const left = await request.post('/api/v1/notes', { data: { kind: 'device', key: '1234', text } });
    expect(left.status()).toBe(201);
  }
}

const h1 = (page: Page) => page.getByRole('heading', { level: 1 });

/** Every screen with each of its states. */
export const SCREENS: readonly Screen[] = [
  ...TAKEN_SCREENS,
  { name: 'sign-in', as: null, open: async (page) => void (await page.goto('/sign-in')) },
  {
    name: 'sign-in with a return address and an error',
    as: null,
    open: async (page) =>
      void (await page.goto('/sign-in?error=other-organisation&callbackUrl=%2Fdevices%2F1234')),
  },
  {
    name: 'sign-in with an error of DingTalk',
    as: null,
    open: async (page) => void (await page.goto('/sign-in?error=dingtalk-refused.scope')),
  },
  {
    name: 'sign-in where employment could not be checked',
    as: null,
    open: async (page) => void (await page.goto('/sign-in?error=not-checked')),
  },
  { name: 'home', as: 'support', open: async (page) => void (await page.goto('/')) },
  {
    name: 'home with an error',
    as: 'support',
    open: async (page) => {
      await page.goto('/');
      await page.getByRole('textbox').fill('no id');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'home with results',
    as: 'support',
    open: async (page) => {
      await page.goto('/');
      await page.getByRole('textbox').fill('device id 1234\ndevice id 99887766');
      await expect(page.getByRole('option')).toHaveCount(2);
      await page.keyboard.press('Enter');
      await expect(page.locator('[role=option][aria-selected=true]')).toBeVisible();
    },
  },
  {
    name: 'search over a page',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/devices/1234');
      await page.getByRole('article').waitFor();
      const box = page.getByRole('dialog').getByRole('textbox');
      await pressUntilFocused(page, 'Control+k', box);
      await box.fill('1234');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'own account',
    as: 'support',
    open: async (page) => {
      await page.goto('/account');
      await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'device',
    as: 'admin',
    open: async (page, app) => {
      await page.goto(`/devices/${(await app.scenario('unknownStatus')).deviceId}`);
      await page.getByRole('article').waitFor();
      // Issues and history have their own summary elements.
      await page.getByRole('article').locator('> details > summary').click();
      await expect(page.locator('pre')).toBeVisible();
    },
  },
  {
    name: 'device with the form to reveal a cast code',
    as: 'admin',
    open: async (page) => {
      await page.goto('/devices/1234');
      await page.getByRole('article').waitFor();
      const shows = page.getByRole('button', { expanded: false }).filter({ hasText: /^(Show|显示)$/ });
      await shows.first().click();
      await expect(page.locator('form').filter({ has: page.locator('[maxlength="200"]') })).toBeVisible();
    },
  },
  {
    name: 'device with a secret revealed',
    as: 'admin',
    open: async (page) => {
      await page.goto('/devices/1234');
      await page.getByRole('article').waitFor();
      const shows = page.getByRole('button', { expanded: false }).filter({ hasText: /^(Show|显示)$/ });
      await shows.first().click();
      await page.keyboard.type('to look at it');
      await page.keyboard.press('Enter');
      await expect(page.locator('form[aria-label]')).toHaveCount(0);
    },
  },
  {
    name: 'comparison of two devices, everything open',
    as: 'support',
    open: async (page, app) => {
      await page.goto(`/compare?left=1234&right=${(await app.scenario('wrongRoomController')).deviceId}`);
      const folded = page.getByRole('table').getByRole('button', { expanded: false });
      await folded.first().waitFor();
      for (const each of (await folded.all()).toReversed()) await each.click();
      await page
        .getByRole('button', { name: /^(Choose another|换一台)/ })
        .first()
        .click();
    },
  },
  {
    name: 'comparison without devices',
    as: 'viewer',
    open: async (page) => void (await page.goto('/compare?left=404404')),
  },
  {
    name: 'history of a device',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices/1234?days=30');
      await page
        .getByRole('region', { name: /^(History|历史)$/ })
        .getByRole('navigation')
        .waitFor();
    },
  },
  {
    name: 'device in another room than its controller, for a viewer',
    as: 'viewer',
    open: async (page, app) => {
      await page.goto(`/devices/${(await app.scenario('wrongRoomController')).deviceId}`);
      await page.getByRole('article').waitFor();
    },
  },
  {
    name: 'device with a notice',
    as: 'support',
    open: async (page, app) => {
      await page.goto('/devices/1234');
      await page.getByRole('article').waitFor();
      await app.simulator.control('PUT', '/faults', { path: DEVICE_QUERY, fault: 'scope' });
      await page
        .getByRole('article')
        .locator('header')
        .getByRole('button')
        .filter({ has: page.locator('.lucide-refresh-cw') })
        .click();
      await expect(page.locator('[data-problem]')).toBeVisible();
    },
  },
  {
    name: 'device that DingTalk does not know',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices/404404');
      await expect(page.locator('[data-problem="device-not-found.device"]')).toBeVisible();
    },
  },
  { name: 'refused', as: 'support', open: (page, app) => openBroken(page, app, 'operator') },
  { name: 'throttled', as: 'support', open: (page, app) => openBroken(page, app, 'qpm') },
  {
    name: 'loading',
    as: 'support',
    open: async (page, app) => {
      await page.route('**/api/v1/devices/query?*', () => undefined);
      await page.goto(`/devices/${await app.unseenDevice()}`);
      await expect(page.locator('[role=status] h1')).toBeVisible();
    },
  },
  {
    name: 'invalid device ID',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices/no%20id');
      await expect(h1(page)).toBeVisible();
    },
  },
  ...PEOPLE_SCREENS,
  ...SERVICE_SCREENS,
  ...ALERT_SCREENS,
  { name: 'unknown page', as: 'support', open: async (page) => void (await page.goto('/no/such/page')) },
];
