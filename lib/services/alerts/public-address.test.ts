import { describe, expect, test } from 'vitest';
import { allowedAddresses, isAllowedUrl, isPublicAddress } from './public-address.ts';

const CLOSED = { private: false, loopback: false };
const DEMO = { private: false, loopback: true };
const INSIDE = { private: true, loopback: false };

describe('an address of a webhook', () => {
  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
    ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fd12::1'],
    ...[
      '::ffff:10.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
      '2001:db8::1',
      '2002:a00:1::',
      'ff02::1',
      '4000::1',
      '010.8.8.8',
      'name',
    ],
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2400:3200::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    ['https://hooks.example.com/a', true, true, true],
    ['http://hooks.example.com/a', false, false, false],
    ['https://10.0.0.1/', false, false, true],
    ['https://127.0.0.1/', false, true, true],
    ['http://127.0.0.1:9/', false, true, false],
    ['http://localhost:9/', false, true, false],
    ['http://localhost.evil.example/', false, false, false],
    ['https://2130706433/', false, true, true],
    ['https://user@hooks.example.com/', false, false, false],
    ['file:///etc/passwd', false, false, false],
  ])('%s may be saved: %s, in a demo %s, with private ones %s', (url, ...expected) => {
    expect([CLOSED, DEMO, INSIDE].map((reach) => isAllowedUrl(new URL(url), reach))).toEqual(expected);
  });

  test('is checked after name resolution, because a name may resolve to any address', async () => {
    const url = new URL('https://localhost/');
    expect(await allowedAddresses(url, CLOSED)).toBeNull();
    expect(await allowedAddresses(url, DEMO)).not.toBeNull();
    expect(await allowedAddresses(new URL('http://localhost/'), INSIDE)).toBeNull();
  });
});
