import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '#lib/domain/errors.ts';
import { toProblem } from '#lib/http/problem-response.ts';
import { LOCALE_COOKIE, pickLocale } from '#lib/words/locale.ts';
import { askerAddress, bareAddress, type Trusts } from './asker-address.ts';
import { refusalPage } from './refusal-page.ts';
import { commonHeaders, type HeaderParts, pagePolicy } from './security-headers.ts';
import { pathOf, whyRefused } from './why-refused.ts';

/** What stands in front of every page and route, Next's own included. */
export type FrontDoor = (request: IncomingMessage, response: ServerResponse, pass: Pass) => Promise<void>;

type Pass = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Parts = HeaderParts & { trusts: Trusts };

/** What somebody else's word could be slipped in by: Next and next-auth read some of these. */
const SPOKEN_FOR = /^(x-forwarded-|x-real-ip$|forwarded$|x-middleware-|x-original-|x-rewrite-)/;

/**
 * Refuses what names another host or cannot be a question, says who asks by trusted word alone, and gives each answer
 * the rules a browser keeps. Whether a person may have the answer is decided behind it, in each page and route.
 */
export function createFrontDoor({ trusts, ...parts }: Parts): FrontDoor {
  const own = new URL(parts.appUrl);
  const common = Object.entries(commonHeaders(parts));
  return async (request, response, pass) => {
    for (const [name, value] of common) response.setHeader(name, value);
    const { headers, socket } = request;
    const remote = socket.remoteAddress;
    const asker = askerAddress(remote, lineOf(headers['x-forwarded-for']), trusts);
    const speaks = trusts(bareAddress(remote ?? ''));
    const host = (speaks && lineOf(headers['x-forwarded-host'])) || headers.host || '';
    const why = whyRefused(request, host.toLowerCase(), own.host);
    if (why) return refuse(request, response, new AppError(why, { values: { appUrl: own.origin } }), parts);
    for (const name of Object.keys(headers)) if (SPOKEN_FOR.test(name)) delete headers[name];
    headers.host = own.host;
    headers['x-forwarded-host'] = own.host;
    headers['x-forwarded-proto'] = own.protocol.slice(0, -1);
    headers['x-forwarded-for'] = asker;
    const policy = policyFor(pathOf(request.url), parts);
    delete headers['content-security-policy'];
    delete headers['content-security-policy-report-only'];
    if (policy) {
      // Next takes the nonce for its own scripts from here and from nowhere else.
      headers['content-security-policy'] = policy;
      response.setHeader('Content-Security-Policy', policy);
    }
    await pass(request, response);
  };
}

function policyFor(path: string, parts: HeaderParts): string | null {
  if (path.startsWith('/api/') || path.startsWith('/_next/')) return null;
  return pagePolicy(parts, randomBytes(16).toString('base64'), path === '/sign-in');
}

function refuse(request: IncomingMessage, response: ServerResponse, error: AppError, parts: HeaderParts) {
  const requestId = randomUUID();
  const api = pathOf(request.url).startsWith('/api/');
  response.statusCode = error.status;
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('X-Request-Id', requestId);
  // Whatever else was sent on this line is not read.
  response.setHeader('Connection', 'close');
  if (api) {
    response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
    response.end(JSON.stringify(toProblem(error, requestId)));
    return;
  }
  const { cookie, 'accept-language': languages } = request.headers;
  const chosen = new RegExp(`(?:^|; )${LOCALE_COOKIE}=(\\w+)`).exec(cookie ?? '')?.[1];
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(refusalPage(error, pickLocale(chosen, languages ?? null), parts.appUrl));
}

const lineOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;
