import { expect } from '../support/app.ts';
import type { Screen } from './screen.ts';

/** Screens for taking data along: summaries, codes, labels and the on-site checklist. */
export const TAKEN_SCREENS: readonly Screen[] = [
  {
    name: 'device with the formats of its summary',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices/1234');
      await page.getByRole('article').waitFor();
      await page.locator('summary', { has: page.locator('.lucide-clipboard-pen') }).click();
      await expect(page.locator('details[open] button[aria-pressed]')).toHaveCount(3);
    },
  },
  {
    name: 'device with its QR code',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/devices/1234');
      await page.getByRole('article').waitFor();
      await page.locator('summary', { has: page.locator('.lucide-qr-code') }).click();
      await expect(page.locator('svg[data-qr]')).toBeVisible();
    },
  },
  {
    name: 'on-site checklist with an answer',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/devices/1234/checklist');
      await page.getByRole('article').waitFor();
      const group = page.getByRole('article').getByRole('group').first();
      await group.getByRole('button').nth(1).click();
      await expect(page.locator('.lucide-undo-2')).toBeVisible();
    },
  },
  {
    name: 'labels',
    as: 'viewer',
    open: async (page, app) => {
      const { deviceId } = await app.scenario('wrongRoomController');
      await page.goto(`/labels?device=1234&device=${deviceId}&device=404404&size=medium`);
      await expect(page.locator('svg[data-qr]')).toHaveCount(2);
    },
  },
  {
    name: 'labels without devices',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/labels?q=nothing+is+called+like+this');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
];
