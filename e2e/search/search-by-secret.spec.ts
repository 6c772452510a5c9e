import { expect, test } from '../support/app.ts';
import { KNOWING, untilFound } from '../support/inventory.ts';
import { en, problemTexts } from '../support/texts.ts';

// The exceeded limit and its service issue must not affect other files.
test.use({ appOptions: { ...KNOWING, own: 'search by secret' } });

const words = en.search.secret;
const CODE = '471193';
let deviceId = '';

test.beforeAll(async ({ app, api }) => {
  const admin = await api('admin');
  await untilFound(admin);
  ({ deviceId } = await app.scenario('wired'));
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { shareCode: CODE });
  await admin.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
});

type Entry = { action: string; outcome: string; about: string | null; target: { id: string | null } | null };

test('typing a cast code searches no secrets; the button does, once, and is audited', async ({
  page,
  enter,
  app,
  api,
}) => {
  await enter('admin');
  await app.simulator.control('DELETE', '/calls');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/search')) sent.push(request.postData() ?? '');
  });
  await page.goto('/');
  const box = page.getByRole('textbox', { name: en.home.label });
  await box.pressSequentially(CODE, { delay: 150 });
  await page.keyboard.press('Enter');
  await expect(page.getByText(en.search.refused['unknown-number'])).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  expect(sent.filter((body) => body.includes('bySecret'))).toEqual([]);
  expect(await app.calls(), 'an unknown number asks DingTalk for nothing by itself').toBe(0);

  await page.getByRole('button', { name: words.button }).click();
  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
  expect(sent.filter((body) => body.includes('bySecret'))).toHaveLength(1);
  const audit = await (await api('admin')).get('/api/v1/audit?action=searched-by-secret&limit=5');
  const { items } = (await audit.json()) as { items: Entry[] };
  expect(items[0]).toMatchObject({ outcome: 'done', about: 'found=1', target: { id: deviceId } });
  expect(JSON.stringify(items)).not.toContain(CODE);
});

test('support and API tokens, also an admin’s, cannot search by secret', async ({
  page,
  enter,
  api,
  app,
}) => {
  await enter('support');
  await page.goto('/');
  await page.getByRole('textbox', { name: en.home.label }).fill(CODE);
  await expect(page.getByRole('option')).toBeVisible();
  await expect(page.getByRole('button', { name: words.button })).toHaveCount(0);

  const data = { q: CODE, bySecret: true };
  const refused = await (await api('support')).post('/api/v1/search', { data });
  expect([refused.status(), (await refused.json()).reason]).toEqual([403, 'not-permitted.role']);
  const made = await (await api('admin')).post('/api/v1/tokens', {
    data: { name: 'guesser', role: 'admin', days: 1 },
  });
  const { value } = (await made.json()) as { value: string };
  const byToken = (body: object) =>
    fetch(`${app.url}/api/v1/search`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${value}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const answer = await byToken(data);
  expect([answer.status, (await answer.json()).reason]).toEqual([403, 'not-permitted.token']);
  const plain = await (await byToken({ q: CODE })).json();
  expect(plain.matches).toEqual([]);
});

test('beyond the limit an admin sees how long to wait, and the admin page names them', async ({
  page,
  enter,
  api,
}) => {
  const admin = await api('admin');
  const search = (q: string) => admin.post('/api/v1/search', { data: { q, bySecret: true } });
  expect((await search('two words')).status()).toBe(400);
  let refused = await search('700000');
  // Twice the limit and one more: the hour may end in between.
  for (let at = 1; at < 21 && refused.status() === 200; at++) refused = await search(`70000${at}`);
  expect(refused.status()).toBe(429);
  const secondsLeft = Number(refused.headers()['retry-after']);
  expect(secondsLeft).toBeGreaterThan(0);
  test.skip(secondsLeft < 20, 'A new hour begins with a new count.');
  await enter('admin');
  await page.goto('/');
  await page.getByRole('textbox', { name: en.home.label }).fill(CODE);
  await page.getByRole('button', { name: words.button }).click();
  await expect(page.getByText(problemTexts('too-many-questions.secrets').title)).toBeVisible();
  await page.goto('/admin');
  const issue = page.locator('[data-trouble="secret-limit-exceeded"]');
  await expect(issue).toContainText(/demo:admin\): 1\d \/ 10/);
});
