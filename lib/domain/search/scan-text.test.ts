import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whyNotAnId } from '#lib/domain/devices/device-ref.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { MOST_PIECES, scanText } from './scan-text.ts';

const HOME = 'https://desk.example.com';
const scan = (text: string) => scanText(text, HOME);
const valuesOf = (text: string, kind: string) =>
  scan(text)
    .pieces.filter(({ kinds }) => (kinds as readonly string[]).includes(kind))
    .map(({ value }) => value);

describe('identifiers in a ticket', () => {
  test.each([
    'AA:BB:CC:0D:EE:FF',
    'aa-bb-cc-0d-ee-ff',
    'AABB.CC0D.EEFF',
    'aabb-cc0d-eeff',
    'aabbcc-0deeff',
    'AABBCC0DEEFF',
    'AA BB CC 0D EE FF',
    'ＡＡ：ＢＢ：ＣＣ：０Ｄ：ＥＥ：ＦＦ',
    'MAC:AA:BB:CC:0D:EE:FF',
    'MAC地址：AA:BB:CC:0D:EE:FF，离线',
    'mac=aa:bb:cc:0d:ee:ff',
    'the panel (AA:BB:CC:0D:EE:FF).',
    'AA:BB:CC:0D:EE:FF: offline since 12:30',
  ])('a MAC is found in %j', (text) => {
    expect(valuesOf(text, 'mac')).toEqual(['aabbcc0deeff']);
  });

  test.each([
    'AA:BB:CC:DD:EE:FF:00:11',
    'aa:bb:cc:dd:ee',
    'ZAA:BB:CC:DD:EE:FF',
    '12:30:45',
    'AA-BB:CC-DD:EE-FF',
  ])('no MAC is found in %j', (text) => {
    expect(valuesOf(text, 'mac')).toEqual([]);
  });

  test('a serial number that looks like a MAC is searched as both', () => {
    expect(valuesOf('SN 2024-1124-0001', 'serial')).toContain('2024-1124-0001');
    expect(valuesOf('SN 2024-1124-0001', 'mac')).toEqual(['202411240001']);
  });

  test.each([
    ['IP: 10.0.12.7.', ['10.0.12.7']],
    ['IP：１０．０．１２．７。', ['10.0.12.7']],
    ['10.0.12.7:8080 and 10.0.12.7', ['10.0.12.7']],
    ['10.0.12.256', []],
    ['1.2.3.4.5', []],
  ])('%j contains the addresses %j', (text, found) => {
    expect(valuesOf(text, 'ip')).toEqual(found);
  });

  test.each([
    ['设备ID：1234，已离线。', { by: 'deviceId', id: '1234' }],
    ['设备编号:1234', { by: 'deviceId', id: '1234' }],
    ['device id 1234 is dark', { by: 'deviceId', id: '1234' }],
    ['{"deviceId":"1234"}', { by: 'deviceId', id: '1234' }],
    ['deviceId=1234&x=2', { by: 'deviceId', id: '1234' }],
    ['device_id: 1234', { by: 'deviceId', id: '1234' }],
    ['"deviceUnionId" : "lmvUxxxxx"', { by: 'unionId', id: 'lmvUxxxxx' }],
    ['UnionId = ab+cd/ef', { by: 'unionId', id: 'ab+cd' }],
    ['union id: abcdefg==', { by: 'unionId', id: 'abcdefg==' }],
    ['见 lPHhSZDLXXXXXXpBlC9lxLwiEiE。', { by: 'unionId', id: 'lPHhSZDLXXXXXXpBlC9lxLwiEiE' }],
    ['  「1234」 ', { by: 'deviceId', id: '1234' }],
  ])('%j names a device that can be queried', (text, ref) => {
    expect(scan(text).askable).toEqual([ref]);
  });

  test('a device that is named twice is queried once', () => {
    expect(scan('deviceId: 1234\ndevice id: 1234').askable).toHaveLength(1);
  });

  test('a word without a label is no ID to query, unless it is the whole text', () => {
    expect(scan('the screen in Boardroom is dark').askable).toEqual([]);
    expect(scan('Boardroom').askable).toEqual([{ by: 'unionId', id: 'Boardroom' }]);
  });

  test('serial numbers, cast codes and accounts are found without the punctuation behind them', () => {
    const text = '投屏码 839201，序列号：SN-2024/A.12. SIP 100200@sip.example.com; done';
    expect(valuesOf(text, 'cast-code')).toEqual(
      expect.arrayContaining(['839201', 'sn-2024', 'a.12', '100200@sip.example.com', 'done']),
    );
  });

  test('each part is found once, in the order of the text', () => {
    expect(valuesOf('b222 a111 B222', 'serial')).toEqual(['b222', 'a111']);
  });
});

describe('links in a ticket', () => {
  const device = { ref: { by: 'deviceId', id: '1234' } };
  test.each([
    [`${HOME}/devices/1234`, device],
    [`See ${HOME}/devices/1234.`, device],
    [`打开${HOME}/devices/1234，请看`, device],
    [`${HOME}/devices/1234请看`, device],
    [`（${HOME}/devices/1234）`, device],
    [`[it](${HOME}/devices/1234)`, device],
    [`"${HOME}/devices/1234?tab=raw#top"`, device],
    ['look at /devices/1234!', device],
    [`${HOME}/devices/union/lmvUxxxxx;`, { ref: { by: 'unionId', id: 'lmvUxxxxx' } }],
    [`${HOME}/rooms/7263xxxxx.`, { roomId: '7263xxxxx' }],
    [`${HOME}/devices/a%2Bb`, { ref: { by: 'deviceId', id: 'a+b' } }],
  ])('%j is a link of Rooms Desk', (text, link) => {
    expect(scan(text).links).toEqual([{ text: expect.any(String), ...link }]);
    expect(scan(text).pieces.map(({ value }) => value)).not.toContain('1234');
  });

  test.each([
    'https://elsewhere.example/devices/1234',
    'https://desk.example.com.evil.example/devices/1234',
    `${HOME}/devices/%E0%A4%A`,
    `${HOME}/devices/..%2F..%2Fx`,
    `${HOME}/admin`,
    'http://[',
  ])('%j is a foreign link, and no part of it is read as something else', (text) => {
    expect(scan(text).links).toEqual([]);
    expect(valuesOf(text, 'device-id')).toEqual([]);
  });
});

describe('any text', () => {
  test('is read without throwing, and what can be queried is safe to send', () => {
    const alphabet = fc.constantFrom(
      ...['0', 'a', 'F', ':', '-', '.', ' ', '=', '/', '@', '\n', '\u0000', '会', '：', '\ud800', 'ﷺ'],
      ...['device id', '设备', 'http://', `${HOME}/devices/`, 'AA:BB:', '10.0.'],
    );
    const text = fc.oneof(
      fc.array(alphabet).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (each) => {
        const { pieces, askable } = scan(each);
        for (const { id } of askable) expect(whyNotAnId(id)).toBeNull();
        const names = pieces.map(({ kinds, value }) => `${kinds[0]} ${value}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });

  test('of the maximum length is read quickly however it is built', () => {
    const blank = ' '.repeat(5_000);
    const long = (piece: string) => piece.repeat(Math.ceil(20_000 / piece.length)).slice(0, 20_000);
    const hostile = [
      `device${blank}${blank}union${blank}x`,
      `device id${blank}"${blank}:${blank}- x`,
      `x${long('(')}测`,
      `${long('"').slice(0, 9_999)}x${long('"').slice(0, 9_999)}测`,
      ...[
        'device id ',
        'a_',
        '_',
        '=',
        'a=',
        'aa:',
        'aa bb ',
        '1.',
        '1.1.1.1.',
        'http://',
        '/devices/',
        'ﷺ',
        '.',
        'a1 ',
      ].map(long),
      ...['device\n', '设备 ', 'union ', 'x ".', 'aa-', '255.', 'https://a.', 'iEiE '].map(long),
    ];
    for (const text of hostile) expect(scan(text).pieces.length).toBeLessThanOrEqual(MOST_PIECES);
  });
});
