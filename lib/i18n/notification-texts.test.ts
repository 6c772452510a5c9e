import { describe, expect, test } from 'vitest';
import { NOTIFICATION_KINDS, NOTIFICATION_LOCALES, type Notification } from '#lib/domain/alerts/alert.ts';
import { ISSUE_CODES } from '#lib/domain/issues/issue.ts';
import { createNotificationTexts } from './notification-texts.ts';

const t = createNotificationTexts('https://desk.example.com');
const AT = Date.parse('2026-11-29T01:02:00Z');
const device = (deviceId: string | null, name: string | null = 'Wall screen') => ({
  deviceId,
  name,
  roomName: '大会议室',
  since: AT,
  code: 'offline' as const,
});
const notification = (given: Partial<Notification> = {}): Notification => ({
  id: 'n',
  kind: 'raised',
  incidentId: 'i',
  rule: 'Screens',
  code: 'offline',
  at: AT,
  since: AT,
  total: 1,
  added: 1,
  devices: [device('1001')],
  codes: [],
  deviceKeys: [],
  ...given,
});

describe('a notification', () => {
  test('of one device names the device, the issue, its time there and the next step, and links to the device', () => {
    const text = t(notification(), 'en', 'Asia/Shanghai');
    expect(text).toMatchObject({
      title: 'The device is offline · Wall screen, 大会议室',
      lead: 'Since Nov 29, 2026, 9:02 AM GMT+8.',
      rest: null,
      link: { word: 'Open the device', url: 'https://desk.example.com/devices/1001' },
    });
    expect(text.next).toMatch(/^Next: /);
    expect(t(notification(), 'zh', 'Asia/Shanghai')).toMatchObject({
      title: '设备离线：Wall screen，大会议室',
      lead: expect.stringMatching(/^自 2026年11月29日 09:02 GMT\+8 起。$/),
    });
  });

  test('of many devices names the first, counts the rest, and links to all of them', () => {
    const devices = ['1', '2', '3', '4', '5'].map((id) => device(id));
    expect(t(notification({ total: 40, added: 40, devices }), 'en', 'UTC')).toMatchObject({
      title: 'The device is offline · 40 devices',
      rest: 'and 35 more',
      link: { url: 'https://desk.example.com/devices?notification=i.raised' },
    });
  });

  test('of several issues says how many devices have which, and which device has what', () => {
    const devices = [device('1'), { ...device('2'), code: 'offline-with-neighbours' as const }];
    const codes = [
      { code: 'offline-with-neighbours' as const, count: 3 },
      { code: 'offline' as const, count: 1 },
    ];
    const given = notification({ code: 'offline-with-neighbours', total: 4, added: 4, devices, codes });
    const text = t(given, 'en', 'UTC');
    expect(text.title).toBe('Device offline · 4 devices');
    expect(text.codes).toEqual([expect.stringMatching(/^3 devices: /), '1 device: The device is offline']);
    expect(text.devices.map(({ issue }) => issue)).toEqual([
      'The device is offline',
      text.codes[0]?.slice(11),
    ]);
    expect(t(notification(), 'en', 'UTC')).toMatchObject({ codes: [], devices: [{ issue: null }] });
  });

  test('of a device without a name or an ID links to the list', () => {
    const text = t(notification({ devices: [device(null, null)] }), 'en', 'UTC');
    expect(text.title).toContain('a device without a name');
    expect(text.link.url).toBe('https://desk.example.com/devices?notification=i.raised');
  });

  test('shortens a name that is too long', () => {
    const text = t(notification({ devices: [device('1', '屏'.repeat(500))] }), 'en', 'UTC');
    expect(text.devices[0]?.name).toHaveLength(80);
  });

  test('removes direction marks and line breaks from a name', () => {
    const text = t(notification({ devices: [device('1', 'a\u202eb\r\nBcc: c\u0000')] }), 'en', 'UTC');
    expect(text.devices[0]?.name).toBe('a b Bcc: c');
    expect(text.title).toBe('The device is offline · a b Bcc: c, 大会议室');
  });

  test.each(NOTIFICATION_LOCALES)('has texts for every kind and issue in %s', (locale) => {
    for (const kind of NOTIFICATION_KINDS) {
      for (const code of ISSUE_CODES) {
        for (const total of [1, 3]) {
          const texts = JSON.stringify(t(notification({ kind, code, total, added: total }), locale, 'UTC'));
          expect(texts).not.toMatch(/notifications\.|issues\.|\{\w+\}|undefined/);
        }
      }
    }
  });
});
