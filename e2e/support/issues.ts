import type { Page } from '@playwright/test';
import { type App, expect } from './app.ts';
import { en } from './texts.ts';

export const issueTexts = en.issues.catalogue;

/** The part of a page with the issues. */
export const issuesOf = (page: Page) => page.getByRole('region', { name: en.issues.title });

/** The most severe issue, at the top of the page. */
export const worst = (page: Page) =>
  issuesOf(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading') })
    .first();

export async function openDevice(page: Page, deviceId: string) {
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByRole('article')).toBeVisible();
}

/** Changes the record of a device in the simulator. */
export const changeDevice = (app: App, deviceId: string, said: object) =>
  app.simulator.control('PATCH', `/devices/${deviceId}`, said);
