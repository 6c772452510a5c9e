import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { openApp } from '../support/app-process.ts';
import { en, problemTexts } from '../support/texts.ts';

test('shows last known data after a restart while DingTalk is unreachable', async ({ browser }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rooms-desk-restart-'));
  const env = { FRESH_FOR_SECONDS: '0' };
  try {
    const before = await openApp({ dataDir, env });
    const seen = await browser.newPage({ baseURL: before.app.url });
    await enterAsSupport(seen);
    await seen.goto(`${before.app.url}/devices/1234`);
    await expect(seen.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
    const seenAt = await seen.getByRole('time').filter({ hasText: 'Last checked' }).getAttribute('datetime');
    await seen.close();
    await before.close();

    const after = await openApp({ dataDir, env });
    await after.app.simulator.control('PUT', '/faults', { path: '*', fault: 'html-502' });
    const page = await browser.newPage({ baseURL: after.app.url });
    await enterAsSupport(page);
    await expect(page.getByRole('link', { name: 'DingTalk Meeting Device_xxxx' })).toBeVisible();
    await page.goto(`${after.app.url}/devices/1234`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
    await expect(page.getByText('127.0.0.10', { exact: true }).first()).toBeVisible();
    const message = page
      .getByRole('status')
      .filter({ hasText: problemTexts('dingtalk-unreachable.fault').title });
    await expect(message).toContainText('What you see is from', { timeout: 12_000 });
    const age = page.getByRole('time').filter({ hasText: /Last checked \d+ (s|min) ago/ });
    await expect(age).toHaveAttribute('datetime', seenAt ?? '');
    await page.close();
    await after.close();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('the server leaves no file that other users of its machine can read', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rooms-desk-files-'));
  chmodSync(dataDir, 0o755);
  try {
    const { app, close } = await openApp({ dataDir });
    expect(readFileSync(`/proc/${app.pid}/status`, 'utf8')).toMatch(/^Umask:\s+0077$/m);
    const modes = readdirSync(dataDir).map((name) => statSync(join(dataDir, name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(1);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    await close();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function enterAsSupport(page: Page): Promise<void> {
  await page.goto('/');
  await page
    .getByRole('region', { name: en.signIn.demo })
    .getByRole('button', { name: /Support/ })
    .click();
  await expect(page.getByRole('textbox', { name: en.home.label })).toBeVisible();
}
