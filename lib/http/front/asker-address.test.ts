import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trustsOf } from '#lib/config/trusted-proxies.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { askerAddress } from './asker-address.ts';

const trusts = trustsOf(['10.0.0.0/8', '127.0.0.1', 'fd00::/8']);

describe('the client address', () => {
  test.each([
    ['203.0.113.9', undefined, '203.0.113.9'],
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['10.1.2.3', undefined, '10.1.2.3'],
    ['10.1.2.3', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
    ['10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['10.1.2.3', '198.51.100.1:4711', '198.51.100.1'],
    ['10.1.2.3', '[2001:db8::1]:4711', '2001:db8::1'],
    ['::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ['fd00::1', '2001:db8::1', '2001:db8::1'],
    ['10.1.2.3', 'unknown', '10.1.2.3'],
    ['10.1.2.3', '198.51.100.1, <script>', '10.1.2.3'],
    ['10.1.2.3', '', '10.1.2.3'],
    [undefined, '198.51.100.1', 'unknown'],
  ])('of %s, forwarding %s, is %s', (remote, forwarded, asker) => {
    expect(askerAddress(remote, forwarded, trusts)).toBe(asker);
  });

  test('cannot be forged by a client, however it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), (real, made) => {
        fc.pre(!trusts(real));
        expect(askerAddress(real, made, trusts)).toBe(real);
        // A proxy adds the real one at the end of whatever it was sent.
        expect(askerAddress('10.0.0.1', `${made}, ${real}`, trusts)).toBe(real);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});
