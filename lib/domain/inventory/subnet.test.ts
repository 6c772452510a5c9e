import { expect, test } from 'vitest';
import { subnetOf } from './subnet.ts';

test('an address is in the subnet of its first three numbers', () => {
  expect(subnetOf('10.20.31.7')).toBe('10.20.31.0/24');
  expect(subnetOf('192.168.0.255')).toBe('192.168.0.0/24');
});

test.each([null, '', '10.20.31', '10.20.31.7.1', '10.300.31.7', '::1', 'fe80::1', ' 10.1.1.1'])(
  '%o is in none',
  (ip) => {
    expect(subnetOf(ip)).toBeNull();
  },
);
