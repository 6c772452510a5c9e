import { z } from 'zod';
import { auditExportOf, auditShape, checkAuditExport } from './audit-environment.ts';
import { checkEgress, egressOf, egressShape } from './egress-environment.ts';
import { checkOidc, oidcOf, oidcShape } from './oidc-environment.ts';
import { trustsOf } from './trusted-proxies.ts';

const missing = (what: string) => ({
  error: (issue: { input?: unknown }) =>
    issue.input === undefined ? `missing: ${what}` : `malformed: ${what}`,
});

const origin = (what: string) =>
  z.string(missing(what)).transform((text, context) => {
    const url = URL.parse(text);
    if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username) {
      return url.origin;
    }
    context.addIssue({
      code: 'custom',
      message: 'malformed: an address such as https://desk.example.com, no path',
    });
    return z.NEVER;
  });

const whole = (least: number, most: number, fallback: number) =>
  z.coerce
    .number(missing(`a whole number from ${least} to ${most}`))
    .int(`malformed: a whole number from ${least} to ${most}`)
    .min(least, `malformed: at least ${least}`)
    .max(most, `malformed: at most ${most}`)
    .default(fallback);

const databaseAddress = z
  .string()
  .refine(
    isDatabaseAddress,
    'malformed: an address such as postgres://user:password@host:5432/database, special characters as %XX',
  );

function isDatabaseAddress(text: string): boolean {
  try {
    // A "%" that escapes nothing passes as a URL and would fail at every connection.
    decodeURIComponent(text);
    return /^postgres(ql)?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

const names = z
  .string()
  .default('')
  .transform(
    (text) =>
      new Set(
        text
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean),
      ),
  );

function areNetworks(proxies: ReadonlySet<string>): boolean {
  try {
    trustsOf(proxies);
    return true;
  } catch {
    return false;
  }
}

const smtpAddress = z.string().refine((text) => {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
}, 'malformed: an address such as smtp://user:password@mail.example.com:587, special characters as %XX');

const NEIGHBOURS: Record<string, { oapi: string; login: string }> = {
  'https://api.dingtalk.io': { oapi: 'https://oapi.dingtalk.io', login: 'https://login.dingtalk.io' },
  'https://api.dingtalk.com': { oapi: 'https://oapi.dingtalk.com', login: 'https://login.dingtalk.com' },
};

const earlierSecrets = z
  .string()
  .default('')
  .transform((text) => {
    // A secret may have a comma in it; in lines each is told from the next all the same.
    const parts = text.split(text.includes('\n') ? '\n' : ',');
    return parts.map((each) => each.trim()).filter(Boolean);
  })
  .refine(
    (secrets) => secrets.every((each) => each.length >= 32),
    'malformed: earlier values of AUTH_SECRET, each of at least 32 characters, separated by commas or one a line',
  );

const shape = z.object({
  APP_URL: origin('the address people use').optional(),
  /** Accepts that APP_URL is http and not on this machine. */
  INSECURE_HTTP: z.enum(['allow'], missing('allow')).optional(),
  PORT: whole(0, 65_535, 3000),
  AUTH_SECRET: z
    .string(missing('a session secret of at least 32 characters; make one with: openssl rand -base64 32'))
    .min(32, 'malformed: at least 32 characters; make one with: openssl rand -base64 32'),
  AUTH_SECRET_PREVIOUS: earlierSecrets,
  DINGTALK_API_ORIGIN: origin("DingTalk's API host").default('https://api.dingtalk.io'),
  DINGTALK_OAPI_ORIGIN: origin("DingTalk's old-style API host").optional(),
  DINGTALK_LOGIN_ORIGIN: origin("DingTalk's sign-in host").optional(),
  DINGTALK_CLIENT_ID: z.string(missing('the Client ID (app key) of the internal app')),
  DINGTALK_CLIENT_SECRET: z.string(missing('the Client Secret (app secret) of the internal app')),
  DINGTALK_CORP_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'malformed: letters and digits')
    .optional(),
  DINGTALK_IN_APP: z.enum(['on', 'off'], missing('on or off')).default('off'),
  DINGTALK_ADMIN_ROLES: names,
  DINGTALK_SUPPORT_ROLES: names,
  DINGTALK_OPERATOR_UNION_ID: z.string().optional(),
  DINGTALK_QPS: whole(1, 60, 15),
  DINGTALK_MONTHLY_CALLS: whole(0, 1_000_000_000, 2500),
  DINGTALK_MONTHLY_EVENTS: whole(0, 1_000_000_000, 3000),
  DINGTALK_EVENTS: z.enum(['off', 'callback', 'stream'], missing('off, callback or stream')).default('off'),
  DINGTALK_EVENT_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, 'malformed: 3 to 32 letters and digits, as in the developer console')
    .optional(),
  DINGTALK_EVENT_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9]{43}$/, 'malformed: 43 letters and digits, as in the developer console')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: databaseAddress.optional(),
  INSTANCE_ROLE: z.enum(['all', 'web', 'worker'], missing('all, web or worker')).default('all'),
  FRESH_FOR_SECONDS: whole(0, 86_400, 60),
  QUESTIONS_PER_MINUTE: whole(1, 1_000_000, 30),
  SEARCHES_PER_MINUTE: whole(1, 1_000_000, 240),
  SIGN_INS_PER_MINUTE: whole(1, 1_000_000, 60),
  ADMINS: names,
  SUPPORT: names,
  DEMO_ACCOUNTS: z.enum(['on', 'off'], missing('on or off')).default('off'),
  SECURITY_CONTACT: z
    .string()
    .regex(
      /^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+|tel:\+[\d-]+)$/,
      'malformed: mailto:security@example.com, an https:// address or tel:+…',
    )
    .optional(),
  TRUSTED_PROXIES: names.refine(
    areNetworks,
    'malformed: addresses or networks such as 10.0.0.7 or 10.0.0.0/8, separated by commas',
  ),
  SMTP_URL: smtpAddress.optional(),
  SMTP_FROM: z
    .string()
    .regex(
      /^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
      'malformed: an address such as Rooms Desk <desk@example.com>',
    )
    .optional(),
  ATTENTION_ALLOW_PRIVATE: z.enum(['on', 'off'], missing('on or off')).default('off'),
  /** For tests alone: how many times as fast the server's clock runs, so that they need not wait out its limits. */
  CLOCK_SPEED: whole(1, 20, 1),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], missing('debug, info, warn or error'))
    .default('info'),
  ...oidcShape,
  ...egressShape,
  ...auditShape,
});

const checkedShape = shape.superRefine(checkOidc).superRefine(checkEgress).superRefine(checkAuditExport);

/** The environment as the product understands it. Shapes are checked here; contradictions in config.ts. */
export const environment = checkedShape.transform((env) => {
  const neighbours = NEIGHBOURS[env.DINGTALK_API_ORIGIN];
  return {
    appUrl: env.APP_URL ?? `http://localhost:${env.PORT}`,
    insecureHttp: env.INSECURE_HTTP === 'allow',
    /** Where to report a weakness of this installation, for /.well-known/security.txt; null when it is not said. */
    securityContact: env.SECURITY_CONTACT ?? null,
    authSecret: env.AUTH_SECRET,
    /** Values that AUTH_SECRET had before; they open what was sealed with them and seal nothing. */
    previousSecrets: env.AUTH_SECRET_PREVIOUS as readonly string[],
    dingtalk: {
      apiOrigin: env.DINGTALK_API_ORIGIN,
      oapiOrigin: env.DINGTALK_OAPI_ORIGIN ?? neighbours?.oapi ?? env.DINGTALK_API_ORIGIN,
      loginOrigin: env.DINGTALK_LOGIN_ORIGIN ?? neighbours?.login ?? env.DINGTALK_API_ORIGIN,
      clientId: env.DINGTALK_CLIENT_ID,
      clientSecret: env.DINGTALK_CLIENT_SECRET,
      corpId: env.DINGTALK_CORP_ID ?? null,
      /** Whether people inside DingTalk's own client come in without a press. */
      inApp: env.DINGTALK_IN_APP === 'on',
      callsPerSecond: env.DINGTALK_QPS,
      /** What DingTalk lets us call in a calendar month. */
      monthlyCalls: env.DINGTALK_MONTHLY_CALLS,
    },
    /** How events come in, and what DingTalk pushes at most in a calendar month. */
    events: {
      transport: env.DINGTALK_EVENTS,
      monthly: env.DINGTALK_MONTHLY_EVENTS,
      token: env.DINGTALK_EVENT_TOKEN ?? null,
      aesKey: env.DINGTALK_EVENT_AES_KEY ?? null,
    },
    /** In whose name questions are asked for people who have no union id of their own. */
    operatorUnionId: env.DINGTALK_OPERATOR_UNION_ID ?? null,
    dataDir: env.DATA_DIR,
    /** The PostgreSQL to use; null for the embedded database in `dataDir`. */
    databaseUrl: env.DATABASE_URL ?? null,
    /** `web`: answers people, `watch`: looks at devices by itself, `all`: both. */
    instanceRole: env.INSTANCE_ROLE,
    freshForMs: env.FRESH_FOR_SECONDS * 1000,
    /** How often one person may ask DingTalk and search, and one address sign in, by the minute. */
    perMinute: {
      questions: env.QUESTIONS_PER_MINUTE,
      searches: env.SEARCHES_PER_MINUTE,
      signIns: env.SIGN_INS_PER_MINUTE,
    },
    admins: env.ADMINS as ReadonlySet<string>,
    support: env.SUPPORT as ReadonlySet<string>,
    /** Names of DingTalk's roles that make somebody an admin or support here. */
    dingtalkRoles: {
      admin: env.DINGTALK_ADMIN_ROLES as ReadonlySet<string>,
      support: env.DINGTALK_SUPPORT_ROLES as ReadonlySet<string>,
    },
    /** The OpenID Connect provider beside DingTalk; null when there is none. */
    oidc: oidcOf(env),
    /** The proxy by which outgoing requests leave; null when they go out directly. */
    egress: egressOf(env),
    /** Where every entry of the audit log is sent as well; null for nowhere. */
    auditExport: auditExportOf(env),
    demoAccounts: env.DEMO_ACCOUNTS === 'on',
    /** Whose word about who asks is believed: addresses and networks. */
    trustedProxies: env.TRUSTED_PROXIES as ReadonlySet<string>,
    /** The server that e-mail goes out by, and who writes; null when there is none. */
    mail: env.SMTP_URL === undefined ? null : { smtpUrl: env.SMTP_URL, from: env.SMTP_FROM ?? '' },
    /** Whether webhooks may go into private networks. */
    alertsAllowPrivate: env.ATTENTION_ALLOW_PRIVATE === 'on',
    clockSpeed: env.CLOCK_SPEED,
    logLevel: env.LOG_LEVEL,
  };
});

export type Config = z.output<typeof environment>;

/** What a backup needs of a configuration: no credentials of DingTalk. */
export const backupEnvironment = shape
  .pick({ DATA_DIR: true, DATABASE_URL: true, AUTH_SECRET: true, AUTH_SECRET_PREVIOUS: true })
  .extend({
    BACKUP_PASSPHRASE: z.string().min(12, 'malformed: at least 12 characters').optional(),
  })
  .transform((env) => ({
    place: { dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL ?? null },
    authSecret: env.AUTH_SECRET,
    previousSecrets: env.AUTH_SECRET_PREVIOUS as readonly string[],
    /** Encrypts a backup, and decrypts one. */
    passphrase: env.BACKUP_PASSPHRASE ?? null,
  }));

/** What tells where the database is, and nothing else. */
export const databaseEnvironment = shape
  .pick({ DATA_DIR: true, DATABASE_URL: true })
  .transform((env) => ({ dataDir: env.DATA_DIR, databaseUrl: env.DATABASE_URL ?? null }));
