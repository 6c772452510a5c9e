import type { Page } from '@playwright/test';
import { type App, expect } from './app.ts';
import { type Fault, orderFault } from './faults.ts';
import { en, problemTexts } from './texts.ts';

/** One error as a person sees it: at an unknown device, gone at the next try, and back at a refresh. */
export async function liveThrough(page: Page, app: App, fault: Fault): Promise<void> {
  const deviceId = await app.unseenDevice();
  await orderFault(app, fault);
  await page.goto(`/devices/${deviceId}`);
  await expectExplained(page, fault);
  await expect(page.getByText(deviceId, { exact: true }), 'which device it was').toBeVisible();

  await app.simulator.control('DELETE', '/faults');
  await page.getByRole('button', { name: en.problem.retry }).click();
  await expect(page.getByTitle(en.sourceWhy.live)).toBeVisible();
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  const seenAt = await seenMoment(page);

  await orderFault(app, fault);
  await page.getByRole('button', { name: en.device.refresh }).click();
  await expectLastKnown(page, fault, name, seenAt);

  await app.simulator.control('DELETE', '/faults');
  await page.getByRole('button', { name: en.problem.retry }).click();
  await expect(staleReading(page, fault), 'a notice goes with its cause').toHaveCount(0);
}

/** The page's message for a device without data. */
async function expectExplained(page: Page, fault: Fault): Promise<void> {
  const words = problemTexts(fault.reason, fault.values);
  await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible({ timeout: 12_000 });
  const main = page.getByRole('main');
  await expect(main).toContainText(words.detail);
  await expect(main).toContainText(`${en.problem.whatToDo}: ${words.hint}`);
  await expectNumbers(page, fault);
  await expect(page.getByRole('link', { name: en.problem.lookUpAnother })).toBeVisible();
}

/** The last known data stays, with the reason and its age above it. */
async function expectLastKnown(page: Page, fault: Fault, name: string, seenAt: string): Promise<void> {
  const words = problemTexts(fault.reason, fault.values);
  await expect(staleReading(page, fault)).toBeVisible({ timeout: 12_000 });
  await expect(staleReading(page, fault)).toContainText(words.detail);
  await expect(staleReading(page, fault)).toContainText(words.hint);
  await expect(staleReading(page, fault)).toContainText(en.device.stillShown.replace('{time}', seenAt));
  await expectNumbers(page, fault);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByRole('region', { name: en.device.sections.network })).toBeVisible();
  await expect(page.getByTitle(en.sourceWhy['last-known'])).toBeVisible();
}

const staleReading = (page: Page, { reason, values }: Fault) =>
  page
    .getByRole('status')
    .filter({ has: page.getByRole('heading', { name: problemTexts(reason, values).title }) });

/** The numbers that DingTalk's support and the operator of the server need. */
async function expectNumbers(page: Page, { upstreamCode }: Fault): Promise<void> {
  const main = page.getByRole('main');
  await expect(main.getByRole('button', { name: `Copy ${en.problem.requestId}`, exact: true })).toBeVisible();
  if (upstreamCode === undefined) return;
  await expect(main.getByText(upstreamCode, { exact: true })).toBeVisible();
  await expect(main.getByRole('button', { name: `Copy ${en.problem.upstreamRequestId}` })).toBeVisible();
}

/** The absolute time in the title of "Last checked". */
async function seenMoment(page: Page): Promise<string> {
  const title = await page
    .getByRole('article')
    .getByRole('time')
    .filter({ hasText: 'Last checked' })
    .getAttribute('title');
  return title ?? '';
}
