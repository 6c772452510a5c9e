import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Notification } from '#lib/domain/alerts/alert.ts';
import { createNotificationTexts } from '#lib/i18n/notification-texts.ts';
import { type MailServer, startMailServer } from '#lib/testing/servers/receivers.ts';
import { createMailSender } from './mail-sender.ts';
import { createRobotSender } from './robot-sender.ts';

const HOSTILE = '[press](https://evil.example) <img src=x onerror=alert(1)> "\'&\r\nBcc: evil@evil.example';

const notification: Notification = {
  id: 'n',
  kind: 'raised',
  incidentId: 'i',
  rule: HOSTILE,
  code: 'offline',
  at: 1,
  since: 1,
  total: 1,
  added: 1,
  devices: [{ deviceId: '1001', name: HOSTILE, roomName: HOSTILE, since: 1, code: 'offline' }],
  codes: [],
  deviceKeys: [],
};
const text = createNotificationTexts('https://desk.example.com')(notification, 'en', 'UTC');
const message = { id: '7', notification, text };

let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
});
afterAll(() => mail.close());

test('a device name is no link and no markup in a group message', async () => {
  const sent: { title: string; text: string }[] = [];
  const send = createRobotSender({
    send: async (_url, _secret, said) => {
      sent.push(said);
      return { status: 200, code: 0, said: 'ok' };
    },
  });
  expect(await send({ kind: 'robot', url: 'x', secret: null }, message)).toMatchObject({ ok: true });
  expect(sent[0]?.text).toContain('(https://desk.example.com/devices/1001)');
  // DingTalk's Markdown has no escapes, so that special characters are written in their full-width form.
  const harmless = '［press］(https：//evil.example) ＜img src=x onerror=alert(1)＞';
  for (const line of [/^#### (.*)$/m, /^- \*\*(.*)\*\* · (.*) · /m, /^> (.*)$/m]) {
    const [, ...said] = sent[0]?.text.match(line) ?? [];
    expect(said.length, String(line)).toBeGreaterThan(0);
    for (const each of said) expect(each).toContain(harmless);
  }
  expect(sent[0]?.text).not.toMatch(/\\|https:\/\/evil|<img/);
});

test('a device name is no markup and no header in an e-mail', async () => {
  const { send, close } = createMailSender({ smtpUrl: mail.url, from: 'Desk <desk@example.com>' });
  expect(await send({ kind: 'mail', to: ['ops@example.com'] }, message)).toMatchObject({ ok: true });
  close();
  const [received] = mail.received;
  const [headers = ''] = (received?.text ?? '').split('\r\n\r\n');
  expect(headers).not.toMatch(/^Bcc:/im);
  expect(headers).toMatch(/^Message-ID: <7@example\.com>$/im);
  expect(received?.to).toEqual(['ops@example.com']);
  const whole = (received?.text ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
  const html = whole.slice(whole.indexOf('text/html'));
  expect(html).toContain('&lt;img');
  expect(html).not.toContain('<img');
});

// Linux treats 0.0.0.0 as itself; by its name it is another machine.
test.each([
  ['127.0.0.1', '', true],
  ['0.0.0.0', '', false],
  ['0.0.0.0', '?requireTLS=0', false],
  ['0.0.0.0', '?requireTLS=false', true],
])('the password is sent to %s%s without TLS: %s', async (host, query, isSent) => {
  mail.passwords.length = 0;
  const smtpUrl = `${mail.url.replace('//127.0.0.1', `//desk:pass%21@${host}`)}${query}`;
  const { send, close } = createMailSender({ smtpUrl, from: 'desk@example.com' });
  const outcome = await send({ kind: 'mail', to: ['ops@example.com'] }, message);
  close();
  expect(outcome).toMatchObject(isSent ? { ok: true } : { ok: false, again: true });
  expect(mail.passwords).toEqual(isSent ? ['pass!'] : []);
});
