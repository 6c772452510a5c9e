import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { test as base, expect } from '../support/app.ts';
import { en, problemTexts } from '../support/texts.ts';

const test = base.extend<object, { folder: string }>({
  folder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-audit-'));
      await use(folder);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  appOptions: [async ({ folder }, use) => use({ dataDir: folder }), { scope: 'worker' }],
});

test('an action that must be audited fails when the audit log fails, and a device query is still answered', async ({
  app,
  api,
  folder,
  page,
  enter,
}) => {
  const admin = await api('admin');
  const { deviceId } = await app.scenario('wired');
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { shareCode: '550199' });
  expect((await admin.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`)).status()).toBe(200);
  const database = new Sqlite(join(folder, 'rooms-desk.sqlite'));
  database.exec(
    "create trigger no_audit before insert on audit_entries begin select raise(abort, 'disk full'); end",
  );
  const reveal = { deviceId, field: 'castCode', reason: 'A guest cannot cast' };
  for (const response of [
    await admin.post('/api/v1/devices/reveal', { data: reveal }),
    await admin.get('/api/v1/devices.csv'),
    await admin.get('/api/v1/audit.csv'),
  ]) {
    expect(response.status(), response.url()).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      code: 'internal',
      reason: 'internal.audit',
      ...problemTexts('internal.audit'),
    });
    expect(text).not.toMatch(/550199|disk full/);
  }
  const asked = await admin.get(`/api/v1/devices/query?deviceId=${await app.unseenDevice()}`);
  expect((await asked.json()).source).toBe('live');
  await expect.poll(() => app.logs()).toContain('audit entry not written');

  await enter('admin');
  await page.goto(`/devices/${deviceId}`);
  await page.getByRole('button', { name: 'Show: Cast code', exact: true }).click();
  await page.keyboard.type('A guest cannot cast');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-problem="internal.audit"]')).toBeVisible();
  expect(await page.content()).not.toContain('550199');

  database.exec('drop trigger no_audit');
  database.close();
  const again = await admin.post('/api/v1/devices/reveal', { data: reveal });
  expect(await again.json()).toEqual({ value: '550199', hideAfterSeconds: 30 });
});

test('an audit log that was emptied behind the running server is a service issue until an admin acknowledges it', async ({
  api,
  folder,
  page,
  enter,
}) => {
  const admin = await api('admin');
  expect((await admin.get('/api/v1/devices.csv')).status()).toBe(200);
  const database = new Sqlite(join(folder, 'rooms-desk.sqlite'));
  database.exec('drop trigger audit_entries_no_delete; delete from audit_entries; delete from audit_head;');
  database.close();
  expect((await admin.get('/api/v1/devices.csv')).status()).toBe(200);
  const issues = async () =>
    ((await (await admin.get('/api/v1/system')).json()) as { troubles: { code: string }[] }).troubles;
  await expect
    .poll(issues, { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ code: 'audit-cut', severity: 'critical' }));
  for (const role of ['viewer', 'support'] as const) {
    expect((await (await api(role)).delete('/api/v1/audit/gap')).status()).toBe(403);
  }
  await enter('admin');
  await page.goto('/admin');
  const issue = page.locator('[data-trouble="audit-cut"]');
  await expect(issue).toContainText(en.systemIssues.catalogue['audit-cut'].title);
  await issue.getByRole('button', { name: en.systemIssues.acknowledge.ask }).click();
  await issue.getByRole('button', { name: en.systemIssues.acknowledge.confirm }).click();
  await expect(issue).toBeHidden();
  const log = await (await admin.get('/api/v1/audit?action=log-gap-acknowledged')).json();
  expect(log.items).toMatchObject([{ outcome: 'done' }, { outcome: 'refused' }, { outcome: 'refused' }]);
});
