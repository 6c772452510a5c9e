import { expect, test } from 'vitest';
import type { Notification } from '#lib/domain/alerts/alert.ts';
import { AppError } from '#lib/domain/errors.ts';
import { createDigestTexts, DIGEST_ENTRIES } from '#lib/i18n/digest-texts.ts';
import { createNotificationTexts } from '#lib/i18n/notification-texts.ts';
import { createDigestSender, createRobotSender } from './robot-sender.ts';

const t = createNotificationTexts('https://desk.example.com');
const target = { kind: 'robot', url: 'x', secret: null } as const;
const notification = (given: Partial<Notification> = {}): Notification => ({
  id: 'n',
  kind: 'raised',
  incidentId: 'i',
  rule: 'Screens',
  code: 'offline',
  at: 1,
  since: 1,
  total: 1,
  added: 1,
  devices: [{ deviceId: '1001', name: 'Wall', roomName: 'Room', since: 1, code: 'offline' }],
  codes: [],
  deviceKeys: [],
  ...given,
});
const message = { id: '7', notification: notification(), text: t(notification(), 'en', 'UTC') };
const answering = (status: number, code: number | null) =>
  createRobotSender({ send: async () => ({ status, code, said: '' }) })(target, message);

test.each([310_000, 400_013, 400_101, 400_102, 400_105, 400_106, 430_101, 430_104, 460_101, 300_005])(
  'errcode %i is not retried and used no push',
  async (code) => {
    expect(await answering(200, code)).toMatchObject({ ok: false, again: false, pushes: 0 });
  },
);

test.each([-1, 410_100, 130_101, 999_999])('errcode %i is retried and used no push', async (code) => {
  expect(await answering(200, code)).toMatchObject({ ok: false, again: true, pushes: 0 });
});

test('a robot that was sent too many messages is paused for ten minutes', async () => {
  expect(await answering(200, 410_100)).toMatchObject({ waitMs: 600_000, fault: 'robot-limited' });
});

test.each([
  [500, 'server-error'],
  [503, 'server-error'],
  [200, 'no-answer'],
])(
  'status %i without a result is retried and counted, because it may have arrived',
  async (status, fault) => {
    expect(await answering(status, null)).toMatchObject({ ok: false, again: true, fault, pushes: 1 });
  },
);

test.each([
  [true, 'no-answer', 1],
  [false, 'no-connection', 0],
])('a failed connection counts only when the message had been sent: %s', async (hasLeft, fault, pushes) => {
  const send = createRobotSender({
    send: async (_url, _secret, _message, onLeaving) => {
      if (hasLeft) onLeaving?.();
      throw new AppError('dingtalk-unreachable.no-answer', { values: { failure: 'timeout' } });
    },
  });
  expect(await send(target, message)).toEqual({ ok: false, answer: 'timeout', again: true, fault, pushes });
});

test('a digest with names of any length and characters stays below the limit of a robot', async () => {
  const name = '会*[]<>|~&@'.repeat(20);
  const device = { deviceId: '9'.repeat(64), name, roomName: name, since: 1, code: 'offline' as const };
  const many = Array.from({ length: 300 }, (_, nth) =>
    notification({ id: String(nth), incidentId: String(nth), rule: name, devices: [device] }),
  );
  for (const locale of ['en', 'zh'] as const) {
    const words = createDigestTexts('https://desk.example.com', t);
    const text = words(
      many,
      { used: 2_900, limit: 3_000, everyMs: 3_600_000 },
      { locale, zone: 'Asia/Shanghai' },
    );
    expect(text.entries).toHaveLength(DIGEST_ENTRIES);
    expect(text.rest).toContain(String(300 - DIGEST_ENTRIES));
    const sent: { title: string; text: string }[] = [];
    const send = createDigestSender({
      send: async (_url, _secret, each) => {
        sent.push(each);
        return { status: 200, code: 0, said: 'ok' };
      },
    });
    expect(await send(target, { id: 'd', text })).toMatchObject({ ok: true, pushes: 1 });
    expect(Buffer.byteLength(JSON.stringify(sent[0]), 'utf8')).toBeLessThan(19_000);
    expect(sent[0]?.text).not.toMatch(/<|\*\[/);
  }
});
