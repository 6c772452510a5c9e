import { expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

// Its tests count entries of the audit log, so no other file may share this server.
test.use({ appOptions: { own: 'audit' } });

const HOSTILE = '=HYPERLINK("https://example.com","<img src=x onerror=alert(1)>")';
let deviceId = '';

test.beforeAll(async ({ app, api }) => {
  ({ deviceId } = await app.scenario('wired'));
  const [admin, support] = await Promise.all([api('admin'), api('support')]);
  await support.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  await admin.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  await admin.post('/api/v1/devices/reveal', { data: { deviceId, field: 'castCode', reason: HOSTILE } });
  await (await api('viewer')).get('/api/v1/devices.csv');
});

test('an admin reads the audit log, filters it and opens an entry', async ({ page, enter }) => {
  await enter('admin');
  await page.goto('/admin');
  await page
    .getByRole('navigation', { name: en.nav.adminPlaces.label })
    .getByText(en.nav.adminPlaces.audit)
    .click();
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1, name: en.audit.title })).toBeVisible();
  const entries = main.locator('ol > li');
  await expect(entries.filter({ hasText: en.audit.actions['looked-up'] }).first()).toBeVisible();
  await main.getByLabel(en.audit.what).selectOption('revealed');
  await expect(page).toHaveURL(/action=revealed/);
  await expect(entries).toHaveCount(1);
  await entries.first().locator('summary').click();
  await expect(entries.first()).toContainText(HOSTILE);
  await expect(entries.first()).toContainText(en.device.fields.castCode);
  await expect(entries.first().getByRole('link', { name: deviceId, exact: true })).toHaveAttribute(
    'href',
    `/devices/${deviceId}`,
  );
  await entries.first().getByText(`Only what concerns ${deviceId}`).click();
  await expect(page).toHaveURL(new RegExp(`target=${deviceId}`));
  await main
    .getByRole('link', { name: /Until|What|Target/ })
    .first()
    .waitFor();
  await page.goto('/admin/audit?outcome=refused');
  await expect(entries.first()).toContainText('Demo viewer');
  await main.getByRole('textbox').fill('nobody is called like this');
  await expect(main.getByText(en.list.nothingMatches)).toBeVisible();
});

test('downloads the log as a file without formulas and audits the download', async ({ api }) => {
  const admin = await api('admin');
  const response = await admin.get('/api/v1/audit.csv?action=revealed');
  expect(response.headers()['content-disposition']).toBe('attachment; filename="audit.csv"');
  const text = await response.text();
  expect(text.startsWith('\ufeffseq,at,subject,')).toBe(true);
  expect(text).toContain(`"'=HYPERLINK(`);
  expect(text.trim().split('\r\n')).toHaveLength(2);
  const taken = await (await admin.get('/api/v1/audit?action=exported&outcome=done&limit=1')).json();
  expect(taken.items[0]).toMatchObject({ target: { kind: 'audit' }, about: 'action=revealed' });
  await expect
    .poll(
      async () =>
        (await (await admin.get('/api/v1/audit?action=export-ended&limit=1')).json()).items[0]?.about,
    )
    .toBe('rows=1');
});

test('pages follow each other without a gap, and an invalid query is refused', async ({ api }) => {
  const admin = await api('admin');
  const first = await (await admin.get('/api/v1/audit?limit=2')).json();
  const second = await (await admin.get(`/api/v1/audit?limit=2&cursor=${first.nextCursor}`)).json();
  const seqs = [...first.items, ...second.items].map(({ seq }: { seq: number }) => seq);
  expect(seqs).toEqual([0, 1, 2, 3].map((step) => (seqs[0] ?? 0) - step));
  for (const wrong of ['action=x', 'outcome=x', 'from=yesterday', 'cursor=0', 'cursor=x', 'limit=0', 'x=1']) {
    expect((await admin.get(`/api/v1/audit?${wrong}`)).status(), wrong).toBe(400);
  }
});

for (const account of ['viewer', 'support'] as const) {
  test(`${account} sees that the log is for admins, and nothing of its content`, async ({ page, enter }) => {
    await enter(account);
    await page.goto('/admin/audit');
    await expect(page.getByRole('main')).toContainText(en.audit.forAdmins);
    const payload = await (await page.request.get('/admin/audit', { headers: { RSC: '1' } })).text();
    for (const text of [await page.content(), payload]) expect(text).not.toContain('demo:admin');
  });
}
