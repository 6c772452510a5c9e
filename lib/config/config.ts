import 'server-only';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { egressSecrets, withLowerCase } from './egress-environment.ts';
import { backupEnvironment, type Config, databaseEnvironment, environment } from './environment.ts';

export type { Config } from './environment.ts';
export type { OidcConfig } from './oidc-environment.ts';

type Environment = Record<string, string | undefined>;

const SECRETS = [
  'AUDIT_EXPORT_SECRET',
  'AUTH_SECRET',
  'AUTH_SECRET_PREVIOUS',
  'DATABASE_URL',
  'DINGTALK_CLIENT_SECRET',
  'DINGTALK_EVENT_TOKEN',
  'DINGTALK_EVENT_AES_KEY',
  'HTTPS_PROXY',
  'OIDC_CLIENT_SECRET',
  'SMTP_URL',
] as const;

/** A configuration that cannot work. `problems` has one line each, naming the variable; never a value of a secret. */
export class ConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads and checks an environment whole. Throws ConfigError with every problem there is, not only the first. */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const settled = checked(
    environment,
    withSecretFiles(withLowerCase(env, problems), SECRETS, problems),
    problems,
  );
  problems.push(...contradictions(settled), ...renamed(env));
  if (problems.length > 0) throw new ConfigError(problems);
  return settled;
}

/** Settings that have another name now. A server that ignored the old one would run otherwise than it was told to. */
function renamed(env: Environment): string[] {
  return env.DUTIES
    ? ['DUTIES: this setting is called INSTANCE_ROLE now, and its value watch is called worker']
    : [];
}

/** Where the database is, by the same names and files as for the server. Throws ConfigError. */
export function readDatabasePlace(env: Environment = process.env) {
  const problems: string[] = [];
  const place = checked(databaseEnvironment, withSecretFiles(env, ['DATABASE_URL'], problems), problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return place;
}

/** Files that Next reads settings from, in the folder that the server starts in; usually secrets are among them. */
const ENVIRONMENT_FILES = ['.env', '.env.local', '.env.production', '.env.production.local'];

/** Paths of the files that hold secrets of a configuration: those named by `NAME_FILE`, and `.env` with its relatives. */
export function secretFilesOf(env: Environment = process.env): string[] {
  const named = [...SECRETS, 'BACKUP_PASSPHRASE'].flatMap((name) => env[`${name}_FILE`] || []);
  return [...named, ...ENVIRONMENT_FILES.map((name) => resolve(/* turbopackIgnore: true */ name))];
}

/** What a backup needs, by the same names and files as for the server. Throws ConfigError. */
export function readBackupSettings(env: Environment = process.env) {
  const problems: string[] = [];
  const secrets = ['DATABASE_URL', 'AUTH_SECRET', 'AUTH_SECRET_PREVIOUS', 'BACKUP_PASSPHRASE'];
  const settings = checked(backupEnvironment, withSecretFiles(env, secrets, problems), problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return settings;
}

/** The process's own environment, for a command that checks it. */
export const ownEnvironment = (): Environment => process.env;

/** The folder a command was asked for in: npm runs its scripts in the project's own. */
export const askedFrom = (): string => process.env.INIT_CWD ?? process.cwd();

function checked<T>(shape: z.ZodType<T>, values: Environment, problems: string[]): T {
  const parsed = shape.safeParse(values);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) problems.push(`${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(problems);
}

/** Every text of a configuration that must not be read in a log, in all its spellings. */
export function secretsOf({
  authSecret,
  previousSecrets,
  dingtalk,
  events,
  oidc,
  databaseUrl,
  mail,
  egress,
  auditExport,
}: Config): string[] {
  const own = [
    dingtalk.clientSecret,
    authSecret,
    ...previousSecrets,
    events.aesKey,
    events.token,
    oidc?.clientSecret,
  ];
  const secrets = own.filter((secret) => typeof secret === 'string');
  if (mail) {
    const { password: bare } = new URL(mail.smtpUrl);
    secrets.push(mail.smtpUrl, bare, decodeURIComponent(bare));
  }
  if (egress) secrets.push(...egressSecrets(egress));
  if (auditExport?.secret) secrets.push(auditExport.secret);
  if (databaseUrl === null) return secrets.filter((secret) => secret !== '');
  const { password, searchParams } = new URL(databaseUrl);
  secrets.push(databaseUrl, password, decodeURIComponent(password), searchParams.get('password') ?? '');
  return secrets.filter((secret) => secret !== '');
}

let pinned: Config | undefined;

/** The process's configuration, read once. */
export function config(): Config {
  pinned ??= readConfig(process.env);
  return pinned;
}

/**
 * Why this configuration may not be served on an address, one line each. `hostname` is what the server listens on; empty
 * for every address of the machine.
 */
export function listeningProblems({ demoAccounts }: Config, hostname: string): string[] {
  if (!demoAccounts || isLoopback(hostname)) return [];
  const where = hostname === '' ? 'every address' : hostname;
  return [
    `DEMO_ACCOUNTS: accounts without a password are refused while the server listens on ${where}; set HOSTNAME=127.0.0.1`,
  ];
}

/** What the server listens on, as scripts/process/serve.mjs leaves it in the environment. */
export const listeningOn = (): string => process.env.HOSTNAME ?? '';

/** next-auth reads two variables by itself; they follow from the checked configuration, never from a header. */
export function settleAuthEnvironment(settled: Config): void {
  process.env.NEXTAUTH_URL = settled.appUrl;
  delete process.env.AUTH_TRUST_HOST;
  delete process.env.VERCEL;
}

/** Whether a host name stays on this machine. */
export function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function withSecretFiles(env: Environment, secrets: readonly string[], problems: string[]): Environment {
  const values: Environment = {};
  // An empty variable is how a shell or a compose file says "not set".
  for (const [name, value] of Object.entries(env)) if (value !== '') values[name] = value;
  for (const name of secrets) {
    const file = values[`${name}_FILE`];
    if (file === undefined) continue;
    if (values[name] !== undefined) problems.push(`${name}: set it or ${name}_FILE, not both`);
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch {
      problems.push(`${name}_FILE: cannot read ${file}`);
    }
  }
  return values;
}

function contradictions(config: Config): string[] {
  const problems: string[] = [];
  if (config.demoAccounts && !isLoopback(new URL(config.appUrl).hostname)) {
    problems.push(
      'DEMO_ACCOUNTS: local accounts without a password are refused unless APP_URL is on loopback',
    );
  }
  if (config.clockSpeed !== 1 && !config.demoAccounts)
    problems.push('CLOCK_SPEED: for tests alone: refused unless DEMO_ACCOUNTS=on');
  const { protocol, hostname } = new URL(config.appUrl);
  if (protocol === 'http:' && !isLoopback(hostname) && !config.insecureHttp) {
    problems.push(
      'APP_URL: over http everybody on the way can read and take over sessions; use https, or accept that with INSECURE_HTTP=allow',
    );
  }
  const { oidc, dingtalk } = config;
  if (oidc && !oidc.issuer.startsWith('https:') && !isLoopback(new URL(oidc.issuer).hostname)) {
    problems.push('OIDC_ISSUER: must begin with https:// unless the provider is on loopback');
  }
  if (dingtalk.inApp && dingtalk.corpId === null) {
    problems.push('DINGTALK_CORP_ID: missing: DINGTALK_IN_APP=on asks DingTalk’s client in its name');
  }
  if (config.events.transport === 'callback') {
    for (const [name, value] of [
      ['DINGTALK_EVENT_TOKEN', config.events.token],
      ['DINGTALK_EVENT_AES_KEY', config.events.aesKey],
    ]) {
      if (value === null)
        problems.push(`${name}: missing: DINGTALK_EVENTS=callback needs what the developer console shows`);
    }
  }
  if (config.mail && config.mail.from === '') {
    problems.push('SMTP_FROM: missing: SMTP_URL needs who writes, such as Rooms Desk <desk@example.com>');
  }
  if (config.instanceRole === 'worker' && config.databaseUrl === null) {
    problems.push(
      'INSTANCE_ROLE: worker needs DATABASE_URL, where the other instances find what was seen; alone, use all',
    );
  }
  return problems;
}
