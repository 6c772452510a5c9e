import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const words = en.issues.summary;

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const choice = (page: Page, form: keyof typeof words.form) =>
  page.getByRole('button', { name: `${words.form[form]} ${words.formWhy[form]}` });
const put = (page: Page, text: string) => page.evaluate((said) => navigator.clipboard.writeText(said), text);

/** A message from a phone: a greeting, other numbers, and the same device named in three ways. */
const ticket = (device: {
  deviceId: string;
  deviceSn: string;
  deviceName: string;
}) => `INC-20931 · P2 · 2026-11-28 09:40
From: Reception, ground floor

Hi team,
the screen in our room stays black since this morning, guests arrive at 14:30.
On the sticker it says:

  Name: ${device.deviceName}
  Device ID: ${device.deviceId}
  S/N ${device.deviceSn}

Please call back: 0571-8502 8888. 谢谢！`;

type Sent = { deviceName: string; deviceSn: string; shareCode: string };

test('copies a summary from a pasted ticket with three key presses', async ({ page, app, api, enter }) => {
  const { deviceId } = await app.scenario('inMeeting');
  await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  const device = await app.simulator.control<Sent>('GET', `/devices/${deviceId}`);
  await enter('support');
  await page.goto('/');
  await put(page, ticket({ deviceId, ...device }));
  await expect(page.getByRole('textbox', { name: en.home.label })).toBeFocused();
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(device.deviceName);
  await page.keyboard.press('s');
  await expect.poll(() => copied(page)).toContain(`${app.url}/devices/${deviceId}`);
  const text = await copied(page);
  expect(text).toContain(en.status['in-meeting']);
  expect(text).toContain(device.deviceSn);
  expect(text).not.toContain(device.shareCode);
});

test('chooses the first of several devices in a ticket, and a letter typed into a text copies nothing', async ({
  page,
  app,
  api,
  enter,
}) => {
  const { deviceId } = await app.scenario('inMeeting');
  for (const id of ['1234', deviceId]) {
    await (await api('support')).get(`/api/v1/devices/query?deviceId=${id}`);
  }
  await enter('support');
  await page.goto('/');
  await put(page, `Two units are dark:\nDevice ID: 1234\nDevice ID: ${deviceId}`);
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Enter');
  const first = page.getByRole('option').first();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  const path = await first.getAttribute('href');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${app.url}${path}`);
  await expect(page.getByRole('article')).toBeVisible();
  await put(page, 'before');
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('s');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+s');
  expect(await copied(page)).toBe('before');
  await page.keyboard.press('s');
  await expect.poll(() => copied(page)).toContain(`${app.url}${path}`);
});

test('remembers the chosen format and copies in it with one press', async ({ page, app, enter, api }) => {
  const { deviceId } = await app.scenario('wrongRoomController');
  await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}`);
  await enter('support');
  const issue = en.issues.catalogue['controller-in-other-room'];
  const link = `${app.url}/devices/${deviceId}`;
  const shows = {
    markdown: [`- **${issue.title}**`, link],
    plain: [`\n${issue.title} (`, link],
    dingtalk: [`#### ${issue.title}`, `[${words.open}](${link})`],
  };
  await page.goto(`/devices/${deviceId}`);
  const copy = page.getByRole('button', { name: words.copy, exact: true });
  const forms = page.locator('summary', { has: page.locator('.lucide-clipboard-pen') });
  await expect(page.getByRole('article')).toBeVisible();
  for (const form of ['plain', 'dingtalk', 'markdown'] as const) {
    await forms.click();
    await choice(page, form).click();
    await expect(choice(page, form)).toBeHidden();
    for (const shown of shows[form]) await expect.poll(() => copied(page), form).toContain(shown);
    await put(page, '');
    await page.reload();
    await expect(page.getByRole('article')).toBeVisible();
    await copy.click();
    const kept = expect.poll(() => copied(page), `${form} is remembered`);
    await kept.toContain(shows[form][0] ?? '');
  }
  const text = await copied(page);
  // Its age, its evidence and the next steps.
  expect(text).toMatch(new RegExp(`${words.seen.split('{')[0]}(just now|\\d+ (s|min|h) ago)`));
  expect(text).toContain(`(${en.history.source['look-up']}, `);
  expect(text).toContain(issue.desk);
});

test('device names are no markup in any format, and a viewer’s summary holds only what a viewer sees', async ({
  page,
  app,
  enter,
}) => {
  const { deviceId } = await app.scenario('wrongRoomController');
  const before = await app.simulator.control<Sent & { devNetIp: string }>('GET', `/devices/${deviceId}`);
  const deviceName = '[press](https://evil.example) ![x](//evil.example/p.png) @all\n# big';
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceName });
  try {
    for (const role of ['support', 'viewer'] as const) {
      await enter(role);
      await page.goto(`/devices/${deviceId}`);
      await expect(page.getByRole('article')).toBeVisible();
      if (role === 'support') await page.getByRole('button', { name: en.device.refresh }).click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText('evil.example');
      for (const form of ['plain', 'dingtalk', 'markdown'] as const) {
        await put(page, '');
        await page.locator('summary', { has: page.locator('.lucide-clipboard-pen') }).click();
        await choice(page, form).click();
        await expect.poll(() => copied(page)).toContain(`/devices/${deviceId}`);
        const text = await copied(page);
        if (form !== 'plain')
          expect(text, form).not.toMatch(/(?<!\\)\]\((?!http:\/\/127\.0\.0\.1)|(?<!\\)@all/);
        expect(text, form).not.toMatch(/^# big/m);
        expect(text, form).not.toContain(before.shareCode);
        expect(text.includes(before.deviceSn), `${form} for a ${role}`).toBe(role === 'support');
        expect(text.includes(before.devNetIp), `${form} for a ${role}`).toBe(role === 'support');
      }
    }
  } finally {
    await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceName: before.deviceName });
  }
});
