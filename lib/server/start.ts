import 'server-only';
import { ConfigError, config as configuration, listeningOn, listeningProblems } from '#lib/config/config.ts';
import { trustsOf } from '#lib/config/trusted-proxies.ts';
import { asAppError } from '#lib/domain/errors.ts';
import { createFrontServer, type FrontServer } from '#lib/http/front/front-server.ts';
import { logUncaught } from './log-uncaught.ts';
import { type Runtime, runtime } from './runtime.ts';

/** What scripts/process/serve.mjs, which holds the sockets, needs of the product. */
type Serving = {
  receive: FrontServer;
  /** The process is to end: open streams are closed, so that only questions in hand are left. */
  closing(): void;
  /** No request is left: duties are given back, what is being written is finished, the store is closed. */
  closed(): Promise<void>;
};

/** Where DingTalk's own client shows pages of apps from. */
const DINGTALKS_CLIENT = ['https://*.dingtalk.com', 'https://*.dingtalk.io'];

const shared = globalThis as typeof globalThis & { roomsDeskServing?: Serving };

/** Wires the process, or ends it: a configuration that cannot work is said in plain words, one line a problem. */
export async function start(): Promise<void> {
  // Whatever the server writes is its own user's alone.
  process.umask(0o077);
  try {
    const problems = listeningProblems(configuration(), listeningOn());
    if (problems.length > 0) throw new ConfigError(problems);
    const running = await runtime();
    const { log, config } = running;
    logUncaught(log);
    log.info('started', {
      appUrl: config.appUrl,
      dingtalk: config.dingtalk.apiOrigin,
      database: config.databaseUrl === null ? 'SQLite' : 'PostgreSQL',
      instanceRole: config.instanceRole,
      events: config.events.transport,
      node: process.version,
    });
    shared.roomsDeskServing = servingOf(running);
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [String(error).replace(/^Error: /, '')];
    console.error(['Rooms Desk cannot start:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    process.exit(1);
  }
}

function servingOf({ config, live, log, stop }: Runtime): Serving {
  return {
    receive: createFrontServer({
      appUrl: config.appUrl,
      trusts: trustsOf(config.trustedProxies),
      signInOrigins: [
        config.dingtalk.loginOrigin,
        ...(config.oidc ? [new URL(config.oidc.issuer).origin] : []),
      ],
      frameOrigins: config.dingtalk.inApp ? DINGTALKS_CLIENT : [],
    }),
    closing() {
      log.info('ending');
      live.close();
    },
    closed: stop,
  };
}

/** Tells the log why a page could not be drawn. Its address is told without what was asked in it. */
export async function reportPageError(thrown: unknown, path: string): Promise<void> {
  const { log } = await runtime();
  const { reason, cause, stack } = asAppError(thrown);
  const why = cause instanceof Error ? cause.stack : (cause ?? stack);
  log.error('page failed', { path: path.split('?', 1)[0], reason, cause: String(why) });
}
