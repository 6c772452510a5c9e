import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, isLoopback, listeningProblems, readConfig, secretsOf } from './config.ts';

const GOOD = {
  AUTH_SECRET: 'x'.repeat(32),
  DINGTALK_CLIENT_ID: 'ding',
  DINGTALK_CLIENT_SECRET: 'secret',
};

function problems(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  test('accepts a mail server only with all its settings, and hides its password', () => {
    const mail = {
      SMTP_URL: 'smtp://desk:pass%21word@mail.example.com:587',
      SMTP_FROM: 'Desk <desk@example.com>',
    };
    const settled = readConfig({ ...GOOD, ...mail });
    expect(settled.mail).toEqual({ smtpUrl: mail.SMTP_URL, from: mail.SMTP_FROM });
    expect(secretsOf(settled)).toEqual(expect.arrayContaining([mail.SMTP_URL, 'pass%21word', 'pass!word']));
    expect(readConfig(GOOD)).toMatchObject({ mail: null, alertsAllowPrivate: false });
    expect(problems({ ...GOOD, SMTP_URL: mail.SMTP_URL })).toEqual([
      expect.stringMatching(/^SMTP_FROM: missing/),
    ]);
    for (const SMTP_URL of ['mail.example.com', 'https://mail.example.com']) {
      expect(problems({ ...GOOD, ...mail, SMTP_URL })).toEqual([
        expect.stringMatching(/^SMTP_URL: malformed/),
      ]);
    }
    for (const SMTP_FROM of ['Desk', 'a@b\r\nBcc: c@d', '<a@b> <c@d>']) {
      expect(problems({ ...GOOD, ...mail, SMTP_FROM })).toEqual([
        expect.stringMatching(/^SMTP_FROM: malformed/),
      ]);
    }
    expect(problems({ ...GOOD, ATTENTION_ALLOW_PRIVATE: 'yes' })).toHaveLength(1);
  });

  test('runs its clock faster for tests only', () => {
    expect(readConfig(GOOD).clockSpeed).toBe(1);
    expect(readConfig({ ...GOOD, CLOCK_SPEED: '4', DEMO_ACCOUNTS: 'on' }).clockSpeed).toBe(4);
    expect(problems({ ...GOOD, CLOCK_SPEED: '4' })).toEqual([
      expect.stringMatching(/^CLOCK_SPEED: .*refused/),
    ]);
    for (const CLOCK_SPEED of ['0', '0.5', '21', 'fast']) {
      expect(problems({ ...GOOD, CLOCK_SPEED, DEMO_ACCOUNTS: 'on' })).toHaveLength(1);
    }
  });

  test('needs three values and fills in the rest', () => {
    expect(readConfig(GOOD)).toMatchObject({
      appUrl: 'http://localhost:3000',
      dingtalk: {
        apiOrigin: 'https://api.dingtalk.io',
        oapiOrigin: 'https://oapi.dingtalk.io',
        loginOrigin: 'https://login.dingtalk.io',
        corpId: null,
        callsPerSecond: 15,
        monthlyCalls: 2500,
      },
      databaseUrl: null,
      instanceRole: 'all',
      freshForMs: 60_000,
      demoAccounts: false,
    });
  });

  test('keeps the hosts of one region together', () => {
    const { dingtalk } = readConfig({ ...GOOD, DINGTALK_API_ORIGIN: 'https://api.dingtalk.com/' });
    expect([dingtalk.oapiOrigin, dingtalk.loginOrigin]).toEqual([
      'https://oapi.dingtalk.com',
      'https://login.dingtalk.com',
    ]);
  });

  test('names every missing value at once, one per line', () => {
    const lines = problems({});
    for (const name of Object.keys(GOOD))
      expect(lines.some((line) => line.startsWith(`${name}: missing`))).toBe(true);
  });

  test.each([
    ['APP_URL', 'desk.example.com'],
    ['APP_URL', 'https://desk.example.com/path'],
    ['PORT', 'abc'],
    ['DINGTALK_QPS', '0'],
    ['FRESH_FOR_SECONDS', '-1'],
    ['DINGTALK_CORP_ID', '../x'],
    ['SECURITY_CONTACT', 'security@example.com'],
    ['SECURITY_CONTACT', 'mailto:a@b\nContact: x'],
    ['DEMO_ACCOUNTS', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['AUTH_SECRET', 'short'],
    ['AUTH_SECRET_PREVIOUS', 'short'],
    ['AUTH_SECRET_PREVIOUS', `${'y'.repeat(32)},short`],
    ['DATABASE_URL', 'mysql://localhost/desk'],
    ['DATABASE_URL', 'localhost:5432'],
    ['DATABASE_URL', 'postgres://desk:100%@localhost/desk'],
    ['DATABASE_URL', 'postgres://desk:%ff@localhost/desk'],
    ['DUTIES', 'web'],
    ['INSTANCE_ROLE', 'nothing'],
    ['INSTANCE_ROLE', 'worker'],
    ['DINGTALK_MONTHLY_CALLS', '-1'],
    ['DINGTALK_MONTHLY_CALLS', '2.5'],
    ['DINGTALK_EVENTS', 'sometimes'],
    ['DINGTALK_EVENT_TOKEN', 'with spaces'],
    ['DINGTALK_EVENT_AES_KEY', 'short'],
    ['DINGTALK_MONTHLY_EVENTS', 'many'],
    ['OIDC_CLIENT_ID', 'alone'],
    ['OIDC_CLIENT_SECRET', 'alone'],
    ['OIDC_ROLE_CLAIM', 'roles'],
    ['OIDC_SCOPE', 'profile'],
    ['DINGTALK_IN_APP', 'maybe'],
  ])('refuses %s=%s and names it', (name, value) => {
    const lines = problems({ ...GOOD, [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: `));
  });

  test('requires the token and the key of callbacks, and neither of them for a stream', () => {
    const lines = problems({ ...GOOD, DINGTALK_EVENTS: 'callback' });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'DINGTALK_EVENT_TOKEN',
      'DINGTALK_EVENT_AES_KEY',
    ]);
    const keys = { DINGTALK_EVENT_TOKEN: 'canaryToken', DINGTALK_EVENT_AES_KEY: 'a'.repeat(43) };
    const callback = readConfig({ ...GOOD, ...keys, DINGTALK_EVENTS: 'callback' });
    expect(callback.events).toMatchObject({ transport: 'callback', monthly: 3000, token: 'canaryToken' });
    expect(secretsOf(callback)).toEqual(expect.arrayContaining(['canaryToken', 'a'.repeat(43)]));
    expect(readConfig({ ...GOOD, DINGTALK_EVENTS: 'stream' }).events.transport).toBe('stream');
  });

  const OIDC = {
    OIDC_ISSUER: 'https://id.example.com/realms/people/',
    OIDC_CLIENT_ID: 'desk',
    OIDC_CLIENT_SECRET: 'canary-oidc-secret',
  };

  test('keeps the OpenID Connect issuer unchanged and its secret hidden', () => {
    const settled = readConfig({ ...GOOD, ...OIDC, OIDC_ROLE_CLAIM: 'realm_access.roles' });
    expect(settled.oidc).toEqual({
      issuer: 'https://id.example.com/realms/people/',
      clientId: 'desk',
      clientSecret: 'canary-oidc-secret',
      scope: 'openid profile',
      roleClaim: 'realm_access.roles',
      name: 'id.example.com',
    });
    expect(secretsOf(settled)).toContain('canary-oidc-secret');
    expect(readConfig({ ...GOOD, ...OIDC, OIDC_NAME: 'Example ID' }).oidc?.name).toBe('Example ID');
    expect(readConfig(GOOD).oidc).toBeNull();
  });

  test('requires all provider settings, and https unless the provider is on this machine', () => {
    const names = (env: Record<string, string>) =>
      problems({ ...GOOD, ...env }).map((line) => line.split(':')[0]);
    expect(names({ OIDC_ISSUER: OIDC.OIDC_ISSUER })).toEqual(['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']);
    expect(names({ ...OIDC, OIDC_ISSUER: 'http://id.example.com' })).toEqual(['OIDC_ISSUER']);
    for (const issuer of [
      'id.example.com',
      'https://id.example.com/?realm=1',
      'https://id.example.com/#realm',
    ]) {
      expect(names({ ...OIDC, OIDC_ISSUER: issuer }), issuer).toEqual(['OIDC_ISSUER']);
    }
    expect(names({ ...OIDC, OIDC_ISSUER: 'http://127.0.0.1:4020' })).toEqual([]);
  });

  test('allows automatic sign-in only with a known organization', () => {
    expect(problems({ ...GOOD, DINGTALK_IN_APP: 'on' })[0]).toMatch(/^DINGTALK_CORP_ID: missing/);
    const settled = readConfig({
      ...GOOD,
      DINGTALK_IN_APP: 'on',
      DINGTALK_CORP_ID: 'dingcorp',
      DINGTALK_SUPPORT_ROLES: 'IT支持, AV',
    });
    expect(settled.dingtalk.inApp).toBe(true);
    expect(settled.dingtalkRoles).toEqual({ admin: new Set(), support: new Set(['IT支持', 'AV']) });
  });

  test('reveals nothing of a secret’s value', () => {
    expect(problems({ ...GOOD, AUTH_SECRET: 'canary' }).join()).not.toContain('canary');
    expect(problems({ ...GOOD, DATABASE_URL: 'mysql://desk:canary@db/desk' }).join()).not.toContain('canary');
  });

  test('accepts PostgreSQL by its address, and then also divided instance roles', () => {
    for (const scheme of ['postgres', 'postgresql']) {
      const url = `${scheme}://desk:secret@db.example.com:5433/desk?sslmode=verify-full`;
      expect(readConfig({ ...GOOD, DATABASE_URL: url, INSTANCE_ROLE: 'worker' })).toMatchObject({
        databaseUrl: url,
        instanceRole: 'worker',
      });
    }
  });

  test('knows every spelling of its secrets', () => {
    const url = 'postgres://desk:p%40ssword@db/desk?password=another';
    expect(secretsOf(readConfig({ ...GOOD, DATABASE_URL: url }))).toEqual(
      expect.arrayContaining([GOOD.AUTH_SECRET, 'secret', url, 'p%40ssword', 'p@ssword', 'another']),
    );
  });

  test('accepts earlier values of AUTH_SECRET, also from a file, and keeps each of them secret', () => {
    const [one, two] = ['y'.repeat(32), 'z'.repeat(40)];
    expect(readConfig(GOOD).previousSecrets).toEqual([]);
    const settled = readConfig({ ...GOOD, AUTH_SECRET_PREVIOUS: ` ${one}, ${two},` });
    expect(settled.previousSecrets).toEqual([one, two]);
    expect(secretsOf(settled)).toEqual(expect.arrayContaining([one, two]));
    const file = join(mkdtempSync(join(tmpdir(), 'rooms-desk-')), 'secrets');
    const withComma = `with, a comma ${one}`;
    writeFileSync(file, `${withComma}\n${two}\n`);
    expect(readConfig({ ...GOOD, AUTH_SECRET_PREVIOUS_FILE: file }).previousSecrets).toEqual([
      withComma,
      two,
    ]);
    expect(problems({ ...GOOD, AUTH_SECRET_PREVIOUS: 'canary' }).join()).not.toContain('canary');
  });

  test('refuses demo accounts beyond this machine', () => {
    const demo = { ...GOOD, DEMO_ACCOUNTS: 'on' };
    expect(problems({ ...demo, APP_URL: 'https://desk.example.com' })[0]).toMatch(/^DEMO_ACCOUNTS: /);
    expect(problems({ ...demo, APP_URL: 'http://127.0.0.1:3000' })).toEqual([]);
    const open = readConfig(demo);
    for (const host of ['', '0.0.0.0', '::', '192.168.1.7', 'desk.example.com', '127.0.0.1.example.com']) {
      expect(listeningProblems(open, host), host).toEqual([expect.stringMatching(/^DEMO_ACCOUNTS: /)]);
      expect(listeningProblems(readConfig(GOOD), host)).toEqual([]);
    }
    for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) {
      expect(listeningProblems(open, host), host).toEqual([]);
    }
  });

  test('accepts http for an address beyond this machine only where that is allowed', () => {
    const APP_URL = 'http://desk.example.com';
    expect(problems({ ...GOOD, APP_URL })).toEqual([
      expect.stringMatching(/^APP_URL: .*INSECURE_HTTP=allow/),
    ]);
    expect(problems({ ...GOOD, APP_URL, INSECURE_HTTP: 'allow' })).toEqual([]);
    expect(problems({ ...GOOD, APP_URL, INSECURE_HTTP: 'yes' })).toEqual([
      expect.stringMatching(/^INSECURE_HTTP: /),
    ]);
    expect(problems({ ...GOOD, APP_URL: 'http://[::1]:3000' })).toEqual([]);
    expect(problems({ ...GOOD, APP_URL: 'https://desk.example.com' })).toEqual([]);
  });

  test('reads a secret from a file, and not from two places', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'rooms-desk-')), 'secret');
    writeFileSync(file, 'from-a-file\n');
    const { DINGTALK_CLIENT_SECRET: _, ...rest } = GOOD;
    const env = { ...rest, DINGTALK_CLIENT_SECRET_FILE: file };
    expect(readConfig(env).dingtalk.clientSecret).toBe('from-a-file');
    writeFileSync(`${file}.url`, 'postgres://db/desk\n');
    expect(readConfig({ ...GOOD, DATABASE_URL_FILE: `${file}.url` }).databaseUrl).toBe('postgres://db/desk');
    expect(problems({ ...GOOD, DINGTALK_CLIENT_SECRET_FILE: file })[0]).toMatch(/not both/);
    expect(problems({ ...rest, DINGTALK_CLIENT_SECRET_FILE: `${file}x` })[0]).toMatch(/cannot read/);
  });

  test.each([
    ['localhost', true],
    ['127.8.9.1', true],
    ['[::1]', true],
    ['127.0.0.1.evil.example', false],
    ['0.0.0.0', false],
    ['localhost.evil.example', false],
  ])('%s is on this machine: %s', (host, loopback) => {
    expect(isLoopback(host)).toBe(loopback);
  });
});
