import 'server-only';
import type { Log } from './log.ts';

/**
 * Writes down what nobody caught, as a fault that can be searched for. Next goes on after either, once it has drawn
 * something, and so does the desk before that: one question's mistake is no reason to drop everybody else's.
 */
export function logUncaught(log: Log): void {
  process.on('unhandledRejection', (reason) =>
    log.error('unhandled rejection', { cause: causeText(reason) }),
  );
  process.on('uncaughtExceptionMonitor', (error) =>
    log.error('uncaught exception', { cause: causeText(error) }),
  );
}

const causeText = (cause: unknown) =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
