import type { Page } from '@playwright/test';
import { type App, expect } from '../support/app.ts';
import { DEVICE_QUERY, type Screen } from './screen.ts';

/** Screens about Rooms Desk itself, for admins. */
export const SERVICE_SCREENS: readonly Screen[] = [
  {
    name: 'admin page',
    as: 'admin',
    open: async (page) => {
      await page.goto('/admin');
      await page.locator('figure details summary').click();
      await expect(page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'admin page with a service issue and a health check',
    as: 'admin',
    open: async (page, app) => {
      await app.simulator.control('PUT', '/faults', { path: DEVICE_QUERY, fault: 'operator' });
      await page.goto('/admin');
      await page.locator('button:has(.lucide-stethoscope)').click();
      await page.keyboard.press('Enter');
      await expect(page.locator('[data-step=audit]')).toBeVisible({ timeout: 20_000 });
      await expect(page.locator('[data-trouble=operator-refused]')).toBeVisible();
    },
  },
  ...(['support', 'admin'] as const).map((as) => ({
    name: `home with the notice of a service issue, for ${as}`,
    as,
    open: async (page: Page, app: App) => {
      await app.simulator.control('POST', '/tokens/revoke', { kind: 'app' });
      const refusal = { status: 400, code: 'invalidClientIdOrSecret', message: 'x' };
      await app.simulator.control('PUT', '/faults', {
        path: '/v1.0/oauth2/{corpId}/token',
        fault: 'error',
        ...refusal,
      });
      await page.goto(`/devices/${await app.unseenDevice()}`);
      await expect(page.getByRole('main').locator('[data-problem]')).toBeVisible();
      // Pages of a process share a result for three seconds.
      await expect(async () => {
        await page.goto('/');
        await expect(page.locator('[data-service-notice]')).toBeVisible({ timeout: 2_000 });
      }).toPass();
    },
  })),
  {
    name: 'people with one opened, and the confirmation of ending all sessions',
    as: 'admin',
    open: async (page) => {
      await page.goto('/admin/people');
      await page.getByRole('main').locator('summary').first().click();
      await page.getByRole('main').getByRole('button').first().click();
    },
  },
  {
    name: 'API tokens with a new one',
    as: 'admin',
    open: async (page) => {
      await page.goto('/admin/tokens');
      await page.getByRole('main').getByRole('textbox').fill('nightly-report');
      await page.keyboard.press('Enter');
      await expect(page.locator('[data-token]')).toBeVisible();
    },
  },
  {
    name: 'admin page for a lower role',
    as: 'support',
    open: async (page) => void (await page.goto('/admin')),
  },
  {
    name: 'audit log with an entry open',
    as: 'admin',
    open: async (page) => {
      await page.goto('/admin/audit');
      await page.getByRole('main').locator('ol summary').first().click();
      await expect(page.getByRole('main').locator('ol dl').first()).toBeVisible();
    },
  },
  {
    name: 'audit log without matches',
    as: 'admin',
    open: async (page) => {
      await page.goto('/admin/audit?q=nothing+is+called+like+this&outcome=refused&who=nobody');
      await expect(page.getByRole('main').locator('ol')).toHaveCount(0);
    },
  },
  {
    name: 'audit log for a lower role',
    as: 'support',
    open: async (page) => void (await page.goto('/admin/audit')),
  },
];
