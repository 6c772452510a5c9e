import 'server-only';
import { ConfigError, unusedSettings } from './config.ts';
import { runtime } from './runtime.ts';

/** Wires the process, or ends it: a configuration that cannot work is said in plain words, one line a problem. */
export async function start(): Promise<void> {
  try {
    const { log, config } = await runtime();
    log.info('started', {
      appUrl: config.appUrl,
      dingtalk: config.dingtalk.apiOrigin,
      node: process.version,
    });
    for (const name of unusedSettings()) log.warn('setting not used yet', { name });
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [String(error)];
    console.error(['Rooms Desk cannot start:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    process.exit(1);
  }
}
