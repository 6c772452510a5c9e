import { describe, expect, test } from 'vitest';
import { readExportTarget } from '#lib/domain/audit/audit-export.ts';
import { readConfig, secretsOf } from './config.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const read = (more: Record<string, string>) =>
  readConfig({
    AUTH_SECRET: 'x'.repeat(40),
    DINGTALK_CLIENT_ID: 'a',
    DINGTALK_CLIENT_SECRET: 'b'.repeat(20),
    ...more,
  });

describe('AUDIT_EXPORT', () => {
  test.each([
    ['file:/var/log/audit.jsonl', { kind: 'file', path: '/var/log/audit.jsonl' }],
    ['syslog://log.example.com:601', { kind: 'syslog', host: 'log.example.com', port: 601 }],
    ['syslog://[2001:db8::1]:601', { kind: 'syslog', host: '2001:db8::1', port: 601 }],
    ['https://log.example.com/hook?a=b', { kind: 'webhook', url: 'https://log.example.com/hook?a=b' }],
  ])('%s is accepted', (text, target) => {
    expect(readExportTarget(text)).toEqual(target);
    expect(read({ AUDIT_EXPORT: text, AUDIT_EXPORT_SECRET: SECRET }).auditExport).toMatchObject({ target });
  });

  test.each([
    ...['file:', 'syslog://log.example.com', 'syslog://log.example.com:601/x', 'http://log.example.com/'],
    ...['https://user:password@log.example.com/', '/var/log/audit.jsonl', 'syslog+udp://log.example.com:514'],
  ])('%s stops the start', (text) => {
    expect(() => read({ AUDIT_EXPORT: text, AUDIT_EXPORT_SECRET: SECRET })).toThrow(
      /^AUDIT_EXPORT: malformed/,
    );
  });

  test('to https needs a secret, which no log contains', () => {
    const https = { AUDIT_EXPORT: 'https://log.example.com/' };
    expect(() => read(https)).toThrow(/^AUDIT_EXPORT_SECRET: missing/);
    expect(() => read({ ...https, AUDIT_EXPORT_SECRET: 'short' })).toThrow(/^AUDIT_EXPORT_SECRET: malformed/);
    expect(secretsOf(read({ ...https, AUDIT_EXPORT_SECRET: SECRET }))).toContain(SECRET);
    expect(read({}).auditExport).toBeNull();
  });
});
