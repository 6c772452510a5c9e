import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { ErrorReason } from '#lib/domain/errors.ts';
import { isPlainTarget, pathOf } from './request-target.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Probes know the machine by whatever name. */
const PROBES = new Set(['/api/health/live', '/api/health/ready']);

/** Where next-auth signs people in without a password. */
const DEMO_SIGN_IN = '/api/auth/callback/demo';

/** What proxies add of whom they speak for; a person at this machine sends none. */
const FORWARDED = /^(?:x-forwarded-|x-real-ip$|x-client-ip$|forwarded$|via$)/;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

type Asked = Pick<IncomingMessage, 'method' | 'headers' | 'url'>;

/**
 * Why a request goes no further, or null. Everything but probes must name Rooms Desk's own host, from which links and
 * sign-in are built. `peer` is the address at the other end of the connection.
 */
export function whyRefused(asked: Asked, peer: string, host: string, ownHost: string): ErrorReason | null {
  const { method = '', headers, url = '' } = asked;
  if (!isPlainTarget(url)) return 'invalid-question.address';
  const path = pathOf(url);
  if (host !== ownHost && !PROBES.has(path)) return 'invalid-question.host';
  if (!METHODS.has(method)) return 'invalid-question.method';
  const reads = method === 'GET' || method === 'HEAD';
  // Pages take nothing: there are no server actions, and nothing is to come to stand for one.
  if (!reads && !path.startsWith('/api/')) return 'invalid-question.method';
  if (reads && carriesBody(headers)) return 'invalid-question.body';
  if (path.startsWith(DEMO_SIGN_IN) && !isAtThisMachine(peer, headers)) return 'not-permitted.demo-account';
  return null;
}

const isAtThisMachine = (peer: string, headers: Asked['headers']) =>
  LOOPBACK.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4') &&
  !Object.keys(headers).some((name) => FORWARDED.test(name));

/** Whether a body follows the headers (RFC 9112, section 6). */
export const carriesBody = (headers: Asked['headers']): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
