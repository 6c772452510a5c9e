import 'server-only';
import { ConfigError, unusedSettings } from './config.ts';
import { logUncaught } from './log-uncaught.ts';
import { type Runtime, runtime } from './runtime.ts';

/** Wires the process, or ends it: a configuration that cannot work is said in plain words, one line a problem. */
export async function start(): Promise<void> {
  try {
    const running = await runtime();
    const { log, config } = running;
    logUncaught(log);
    log.info('started', {
      appUrl: config.appUrl,
      dingtalk: config.dingtalk.apiOrigin,
      database: config.databaseUrl === null ? 'SQLite' : 'PostgreSQL',
      duties: config.duties,
      events: config.events.door,
      node: process.version,
    });
    for (const name of unusedSettings()) log.warn('setting not used yet', { name });
    stopWhenAsked(running);
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [String(error)];
    console.error(['Rooms Desk cannot start:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    process.exit(1);
  }
}

/**
 * Next waits for answers that are still open before it ends, and an event stream would be open for ever; the lease
 * given back lets another instance go on at once.
 */
function stopWhenAsked({ live, duties, log }: Runtime): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      live.close();
      duties?.stop().catch((error) => log.warn('duties not stopped', { error: String(error) }));
    });
  }
}
