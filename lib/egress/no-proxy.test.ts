import { describe, expect, test } from 'vitest';
import { readNoProxy } from './no-proxy.ts';

describe('NO_PROXY', () => {
  test.each<[list: string, host: string, port: number, isDirect: boolean]>([
    ['', 'api.dingtalk.io', 443, false],
    ['*', 'api.dingtalk.io', 443, true],
    ['none.invalid, *', 'api.dingtalk.io', 443, true],
    ['*:25', 'mail.example.com', 25, true],
    ['*:25', 'mail.example.com', 587, false],
    ['example.com', 'example.com', 443, true],
    ['example.com', 'a.b.example.com', 443, true],
    ['example.com', 'notexample.com', 443, false],
    ['example.com', 'example.com.evil.test', 443, false],
    ['.example.com', 'example.com', 443, true],
    ['.example.com', 'a.example.com', 443, true],
    ['*.example.com', 'a.example.com', 443, true],
    ['*.example.com', 'example.com', 443, false],
    ['EXAMPLE.com.', 'Example.COM.', 443, true],
    ['münchen.example', 'xn--mnchen-3ya.example', 443, true],
    ['example.com:8443', 'example.com', 8443, true],
    ['example.com:8443', 'example.com', 443, false],
    ['a.test b.test,c.test', 'b.test', 443, true],
    ['10.1.2.3', '10.1.2.3', 443, true],
    ['10.1.2.3:25', '10.1.2.3', 443, false],
    ['10.0.0.0/8', '10.250.0.1', 587, true],
    ['10.0.0.0/8', '11.0.0.1', 587, false],
    ['10.0.0.0/8', 'ten.example.com', 587, false],
    ['fd00::/8', '[fd12::1]', 443, true],
    ['fd00::1', 'fd00:0:0::1', 443, true],
    ['[fd00::1]:443', '[fd00::1]', 443, true],
    ['[fd00::1]:443', '[fd00::1]', 444, false],
    ['2001:db8::/32', '10.0.0.1', 443, false],
  ])('"%s": %s port %i goes out directly: %s', (list, host, port, isDirect) => {
    expect(readNoProxy(list)(host, port)).toBe(isDirect);
  });

  test.each([
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    '127.0.0.1',
    '127.9.9.9',
    '[::1]',
    '::ffff:127.0.0.1',
  ])('never sends %s to the proxy', (host) => expect(readNoProxy('')(host, 443)).toBe(true));

  test.each([
    '10.0.0.0/33',
    '10.0.0.0/x',
    'fd00::/129',
    '10.0.0.0/8/8',
    'http://a.test',
    'a.test/',
    'a..b',
    ':80',
    'a:99999',
    '[::1',
    'a*b',
  ])('names %s as what it cannot read', (entry) =>
    expect(() => readNoProxy(`good.test,${entry}`)).toThrow(new RangeError(entry)),
  );
});
