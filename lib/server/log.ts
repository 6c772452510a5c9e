import 'server-only';
import pino from 'pino';

/** One JSON line per fact. `fact` is a short verb phrase that can be searched for; details never hold a secret. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', (fact: string, details?: object) => void>;

/** A log that blots out the given secrets wherever they turn up in a line, even inside somebody else's error text. */
export function createLog(options: {
  level: string;
  secrets: string[];
  write?: (line: string) => void;
}): Log {
  const secrets = options.secrets.filter((secret) => secret.length >= 8);
  const blot = (line: string) => secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  const logger = pino(
    {
      level: options.level,
      base: null,
      formatters: { level: (level) => ({ level }) },
      messageKey: 'fact',
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: blot },
    },
    options.write ? { write: options.write } : pino.destination({ fd: 1, sync: true }),
  );
  const at =
    (level: keyof Log) =>
    (fact: string, details: object = {}) =>
      logger[level](details, fact);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
