import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { inRoot } from '../toolchain/places.mjs';

/**
 * What may be set for a real server, in the shell or in .env, and is emptied: a demo must not reach into a real organization
 * or database, send anything there or accept anything from there. demo-environment.test.ts holds the list against every
 * setting that there is.
 */
const NOT_FOR_A_DEMO = [
  'ADMINS',
  'ATTENTION_ALLOW_PRIVATE',
  'AUDIT_EXPORT',
  'CLOCK_SPEED',
  'DINGTALK_ADMIN_ROLES',
  'DINGTALK_EVENTS',
  'DINGTALK_IN_APP',
  'DINGTALK_SUPPORT_ROLES',
  'INSECURE_HTTP',
  'NO_PROXY',
  'OIDC_CLIENT_ID',
  'OIDC_ISSUER',
  'OIDC_NAME',
  'OIDC_ROLE_CLAIM',
  'OIDC_SCOPE',
  'SECURITY_CONTACT',
  'SMTP_FROM',
  'SUPPORT',
  'TRUSTED_PROXIES',
  'https_proxy',
  'no_proxy',
];

/** Settings that a file can hold as well, named by `NAME_FILE`. */
const SECRETS = [
  'AUDIT_EXPORT_SECRET',
  'AUTH_SECRET',
  'AUTH_SECRET_PREVIOUS',
  'BACKUP_PASSPHRASE',
  'DATABASE_URL',
  'DINGTALK_CLIENT_SECRET',
  'DINGTALK_EVENT_AES_KEY',
  'DINGTALK_EVENT_TOKEN',
  'HTTPS_PROXY',
  'OIDC_CLIENT_SECRET',
  'SMTP_URL',
].flatMap((name) => [name, `${name}_FILE`]);

/**
 * The configuration of a server for the simulator, over all other settings.
 * @param {{ port: number, simulatorOrigin: string, dataDir: string, secret: string }} app
 */
export function demoEnvironment({ port, simulatorOrigin, dataDir, secret }) {
  return {
    ...Object.fromEntries([...NOT_FOR_A_DEMO, ...SECRETS].map((name) => [name, ''])),
    APP_URL: `http://localhost:${port}`,
    PORT: String(port),
    AUTH_SECRET: secret,
    DATA_DIR: dataDir,
    DEMO_ACCOUNTS: 'on',
    DINGTALK_API_ORIGIN: simulatorOrigin,
    DINGTALK_OAPI_ORIGIN: simulatorOrigin,
    DINGTALK_LOGIN_ORIGIN: simulatorOrigin,
    DINGTALK_CLIENT_ID: 'dingsimulator',
    DINGTALK_CLIENT_SECRET: 'simulator-secret',
    DINGTALK_CORP_ID: 'dingsimcorp',
    DINGTALK_OPERATOR_UNION_ID: 'simOperatorUnionId',
  };
}

/** A demo admits everybody, so it listens on this machine only unless an address was given. */
export function demoHostname() {
  const asked = process.env.HOSTNAME ?? '';
  return isIP(asked) ? asked : '127.0.0.1';
}

/** Created once and kept, so that sessions of a demo survive a restart. */
export async function demoSecret() {
  const path = inRoot('.data', 'demo-secret');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.trim().length >= 32) return kept.trim();
  const made = randomBytes(32).toString('base64url');
  await mkdir(inRoot('.data'), { recursive: true, mode: 0o700 });
  await writeFile(path, `${made}\n`, { mode: 0o600 });
  return made;
}
