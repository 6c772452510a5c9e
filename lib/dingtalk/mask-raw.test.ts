import { expect, test } from 'vitest';
import { maskRaw } from './mask-raw.ts';
import { DOCUMENTED_SAMPLE } from './testing/documented-sample.ts';

test('the cast codes and the SIP account are masked at any depth, the rest is left', () => {
  const raw = JSON.parse(DOCUMENTED_SAMPLE);
  const masked = JSON.stringify(maskRaw(raw));
  for (const secret of ['123456', '234567', 'sip13492']) expect(masked).not.toContain(secret);
  expect(masked).toContain('DingTalk Meeting Device_xxxx');
  expect(raw.result.shareCode).toBe('123456');
});
