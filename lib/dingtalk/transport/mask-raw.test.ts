import { expect, test } from 'vitest';
import { DOCUMENTED_SAMPLE } from '#lib/dingtalk/testing/documented-sample.ts';
import { maskRaw } from './mask-raw.ts';

test('masks cast codes and the SIP account at any depth, and nothing else', () => {
  const raw = JSON.parse(DOCUMENTED_SAMPLE);
  const masked = JSON.stringify(maskRaw(raw));
  for (const secret of ['123456', '234567', 'sip13492']) expect(masked).not.toContain(secret);
  expect(masked).toContain('DingTalk Meeting Device_xxxx');
  expect(raw.result.shareCode).toBe('123456');
});

test('masks the cast code of an event as a property, at any depth and in a text that holds JSON', () => {
  const properties = [
    { propertyName: 'dev_code', propertyValue: '987654' },
    { propertyValue: 987654, propertyName: 'dev_code ' },
    { propertyName: 'dev_model', propertyValue: 'winbox' },
  ];
  const body = {
    properties,
    deep: { list: [{ properties }], text: JSON.stringify({ properties: JSON.stringify(properties) }) },
    projectionCode: '987654',
    dev_code: '987654',
  };
  const masked = JSON.stringify(maskRaw(body));
  expect(masked).not.toContain('987654');
  expect(masked.match(/winbox/g)).toHaveLength(3);
});

test('keeps a text without a secret unchanged, JSON or not', () => {
  for (const text of ['{ "a" : 1 }', '[3,5]', '{not json', 'dev_code', '1e400', '[9007199254740993]']) {
    expect(maskRaw({ text })).toEqual({ text });
  }
});
