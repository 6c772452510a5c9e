import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { addressKey } from './address-key.ts';

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['unknown', 'unknown'],
  ['', ''],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:DB8:0:0:ffff:1:2:3', '2001:db8:0:0::/64'],
  ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
  ['2001:db8::1:0:0:0:1', '2001:db8:0:1::/64'],
  ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::192.0.2.200', '0:0:0:0::/64'],
  ['::ffff:192.0.2.200', '192.0.2.200'],
  ['::ffff:c000:2c8', '192.0.2.200'],
  ['0:0:0:0:0:ffff:c000:2c8', '192.0.2.200'],
])('%s is counted under %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test('every spelling of an IPv6 address has the key of its /64', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const key = addressKey(address);
      if (isIPv6(key.replace('/64', ''))) expect(addressKey(key.replace('/64', ''))).toBe(key);
      else expect(address).toMatch(/ffff/i);
    }),
    { numRuns: fuzzRuns(100) },
  );
});
