import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, secretsOf } from './config.ts';

const GOOD = {
  AUTH_SECRET: 'x'.repeat(32),
  DINGTALK_CLIENT_ID: 'ding',
  DINGTALK_CLIENT_SECRET: 'secret',
};
const PROXY = 'http://desk:p%40ss%3Aword@proxy.example.com:3128';

function problems(env: Record<string, string>): string[] {
  try {
    readConfig({ ...GOOD, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the proxy for outgoing requests', () => {
  test('is none unless it is set, whatever NO_PROXY contains', () => {
    expect(readConfig(GOOD).egress).toBeNull();
    expect(readConfig({ ...GOOD, HTTPS_PROXY: '', NO_PROXY: 'http://not a list' }).egress).toBeNull();
  });

  test('is read with its exceptions, in either spelling', () => {
    const read = { proxyUrl: PROXY, noProxy: 'localhost,.example.com' };
    expect(readConfig({ ...GOOD, HTTPS_PROXY: PROXY, NO_PROXY: read.noProxy }).egress).toEqual(read);
    expect(readConfig({ ...GOOD, https_proxy: PROXY, no_proxy: read.noProxy }).egress).toEqual(read);
    expect(readConfig({ ...GOOD, HTTPS_PROXY: PROXY, https_proxy: PROXY }).egress).toMatchObject({
      proxyUrl: PROXY,
    });
    expect(readConfig({ ...GOOD, HTTPS_PROXY: 'https://proxy.example.com' }).egress).not.toBeNull();
  });

  test('may be in a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'rooms-desk-')), 'proxy');
    writeFileSync(file, `${PROXY}\n`);
    expect(readConfig({ ...GOOD, HTTPS_PROXY_FILE: file }).egress).toMatchObject({ proxyUrl: PROXY });
    expect(problems({ HTTPS_PROXY_FILE: file, https_proxy: PROXY })).toEqual([
      expect.stringMatching(/^HTTPS_PROXY: set it or HTTPS_PROXY_FILE/),
    ]);
  });

  test('is redacted from logs in every spelling of its credentials', () => {
    const basic = Buffer.from('desk:p@ss:word').toString('base64');
    expect(secretsOf(readConfig({ ...GOOD, HTTPS_PROXY: PROXY }))).toEqual(
      expect.arrayContaining([PROXY, 'p%40ss%3Aword', 'p@ss:word', basic]),
    );
    const token = secretsOf(readConfig({ ...GOOD, HTTPS_PROXY: 'http://a-token@proxy.example.com' }));
    expect(token).toContain('a-token');
    const bare = readConfig({ ...GOOD, HTTPS_PROXY: 'http://proxy.example.com:3128' });
    expect(secretsOf(bare)).toEqual(secretsOf(readConfig(GOOD)));
  });

  test.each([
    'proxy.example.com:3128',
    'socks5://proxy.example.com',
    'http://proxy.example.com/path',
    'http://proxy.example.com/?canary',
    'http://desk:can%zzary@proxy.example.com',
    'http://',
  ])('stops the start with one line when it is %s, without repeating it', (HTTPS_PROXY) => {
    expect(problems({ HTTPS_PROXY })).toEqual([expect.stringMatching(/^HTTPS_PROXY: malformed: an address/)]);
    expect(problems({ HTTPS_PROXY }).join()).not.toMatch(/can.*ary/);
  });

  test('stops the start with one line when the two spellings differ or NO_PROXY cannot be read', () => {
    expect(problems({ HTTPS_PROXY: PROXY, https_proxy: 'http://other.example.com' })).toEqual([
      'HTTPS_PROXY: HTTPS_PROXY and https_proxy differ: set one of them, or both to the same',
    ]);
    expect(problems({ HTTPS_PROXY: PROXY, NO_PROXY: 'a.test', no_proxy: 'b.test' })).toEqual([
      expect.stringMatching(/^NO_PROXY: NO_PROXY and no_proxy differ/),
    ]);
    expect(problems({ HTTPS_PROXY: PROXY, NO_PROXY: 'a.test,10.0.0.0/99' })).toEqual([
      expect.stringMatching(/^NO_PROXY: malformed: 10\.0\.0\.0\/99 is no name/),
    ]);
  });
});
