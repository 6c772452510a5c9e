import type { Page } from '@playwright/test';
import { type Account, type Desk, expect } from '../support/desk.ts';

/** One screen in one of its main states, and how to come to it. */
export type Screen = { name: string; as: Account | null; open: (page: Page, desk: Desk) => Promise<void> };

export const DEVICE_QUERY = '/v1.0/rooms/devices';

/** Opens a device nobody has seen while DingTalk answers it with a fault. */
export async function openBroken(page: Page, desk: Desk, fault: string): Promise<void> {
  await desk.simulator.control('PUT', '/faults', { path: DEVICE_QUERY, fault });
  await page.goto(`/devices/${await desk.unseenDevice()}`);
  await expect(page.locator('[data-problem]')).toBeVisible();
}
