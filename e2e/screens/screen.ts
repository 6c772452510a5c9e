import type { Page } from '@playwright/test';
import { type Account, type App, expect } from '../support/app.ts';

/** One screen in one of its main states, and how to come to it. */
export type Screen = { name: string; as: Account | null; open: (page: Page, app: App) => Promise<void> };

export const DEVICE_QUERY = '/v1.0/rooms/devices';

/** Opens an unknown device while DingTalk answers it with a fault. */
export async function openBroken(page: Page, app: App, fault: string): Promise<void> {
  await app.simulator.control('PUT', '/faults', { path: DEVICE_QUERY, fault });
  await page.goto(`/devices/${await app.unseenDevice()}`);
  await expect(page.locator('[data-problem]')).toBeVisible();
}
