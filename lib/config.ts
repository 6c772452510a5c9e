import 'server-only';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { type Config, environment, NOT_USED_YET } from './environment.ts';

export type { Config } from './environment.ts';

const SECRETS = [
  'AUTH_SECRET',
  'DATABASE_URL',
  'DINGTALK_CLIENT_SECRET',
  'DINGTALK_EVENT_TOKEN',
  'DINGTALK_EVENT_AES_KEY',
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
export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const values = withSecretFiles(env, problems);
  const parsed = environment.safeParse(values);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(problems);
  }
  problems.push(...contradictions(parsed.data));
  if (problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}

/** Which settings somebody made that this version does nothing with. */
export function unusedSettings(env: Record<string, string | undefined> = process.env): string[] {
  return NOT_USED_YET.filter((name) => env[name] || env[`${name}_FILE`]);
}

/** Every text of a configuration that must not be read in a log, in all its spellings. */
export function secretsOf({ authSecret, dingtalk, events, databaseUrl }: Config): string[] {
  const secrets = [dingtalk.clientSecret, authSecret, events.aesKey ?? '', events.token ?? ''].filter(
    Boolean,
  );
  if (databaseUrl === null) return secrets;
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

function withSecretFiles(env: Record<string, string | undefined>, problems: string[]) {
  const values: Record<string, string | undefined> = {};
  // An empty variable is how a shell or a compose file says "not set".
  for (const [name, value] of Object.entries(env)) if (value !== '') values[name] = value;
  for (const name of SECRETS) {
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
  if (config.events.door === 'callback') {
    for (const [name, value] of [
      ['DINGTALK_EVENT_TOKEN', config.events.token],
      ['DINGTALK_EVENT_AES_KEY', config.events.aesKey],
    ]) {
      if (value === null)
        problems.push(`${name}: missing: DINGTALK_EVENTS=callback needs what the developer console shows`);
    }
  }
  if (config.duties === 'watch' && config.databaseUrl === null) {
    problems.push(
      'DUTIES: watch needs DATABASE_URL, where the other instances find what was seen; alone, use all',
    );
  }
  return problems;
}
