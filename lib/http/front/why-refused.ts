import type { IncomingMessage } from 'node:http';
import type { ErrorReason } from '#lib/domain/errors.ts';

/** Far more than a sign-in form, a ticket in JSON or an event of DingTalk's holds. */
const MOST_BYTES = 256 * 1024;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

type Asked = Pick<IncomingMessage, 'method' | 'headers' | 'url'>;

/**
 * Why a request goes no further, or null. Probes ask for health under whatever name they know the machine by; everything
 * else must name the desk's own host, from which links and sign-in are built.
 */
export function whyRefused(asked: Asked, host: string, ownHost: string): ErrorReason | null {
  const path = pathOf(asked.url);
  const { method = '', headers } = asked;
  if (host !== ownHost && !path.startsWith('/api/health/')) return 'invalid-question.host';
  if (!METHODS.has(method)) return 'invalid-question.method';
  // Pages take nothing: there are no server actions, and nothing is to come to stand for one.
  if (method !== 'GET' && method !== 'HEAD' && !path.startsWith('/api/')) return 'invalid-question.method';
  if (Number(headers['content-length'] ?? 0) > MOST_BYTES) return 'invalid-question.body';
  // next-auth reads a body to its end, so one of unknown length is not for it.
  if (path.startsWith('/api/auth/') && headers['transfer-encoding'] !== undefined)
    return 'invalid-question.body';
  return null;
}

/** The path of a request as it was sent, without its query. */
export const pathOf = (url = '/'): string => url.split(/[?#]/, 1)[0] ?? '/';
