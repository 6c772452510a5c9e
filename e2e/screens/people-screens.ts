import { expect } from '../support/app.ts';
import type { Screen } from './screen.ts';

/** Screens for people beside device facts: API tokens, wallboard, notes. */
export const PEOPLE_SCREENS: readonly Screen[] = [
  {
    name: 'keyboard shortcuts over a page',
    as: 'admin',
    open: async (page) => {
      await page.goto('/devices/1234');
      await page.getByRole('article').waitFor();
      await page.locator('footer button').last().click();
      await expect(page.getByRole('dialog').getByRole('checkbox')).toBeVisible();
    },
  },
  {
    name: 'device with notes, a new one and a deleted one',
    as: 'support',
    open: async (page) => {
      await page.goto('/devices/1234');
      const notes = page.getByRole('region', { name: /^(Notes|备注)$/ });
      await notes.getByRole('listitem').last().getByRole('button').last().click();
      await expect(notes.getByRole('listitem').getByRole('status')).toBeVisible();
      await notes.getByRole('button').first().click();
      await notes.getByRole('textbox').fill('Something');
      await page.route('**/api/v1/notes', (route) => route.abort());
      await page.keyboard.press('Control+Enter');
      await expect(notes.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'issue reference',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/docs/issues#offline');
      await expect(page.locator('#offline')).toBeVisible();
    },
  },
  {
    name: 'API reference with an operation and a schema open',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/docs/api#getDevicesQuery');
      await expect(page.locator('#getDevicesQuery table').first()).toBeVisible();
      await page.goto('/docs/api#schema-Device');
      await expect(page.locator('#schema-Device table')).toBeVisible();
    },
  },
  {
    name: 'wallboard',
    as: 'viewer',
    open: async (page) => {
      await page.goto('/wallboard');
      await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
    },
  },
];
