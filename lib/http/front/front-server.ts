import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import { toProblem } from '#lib/http/problem-response.ts';
import { LOCALE_COOKIE, pickLocale } from '#lib/i18n/locale.ts';
import { askerAddress, bareAddress, type Trusts } from './asker-address.ts';
import { readWhole, withBody } from './read-whole.ts';
import { refusalPage } from './refusal-page.ts';
import { pathOf } from './request-target.ts';
import { commonHeaders, type HeaderParts, pagePolicy } from './security-headers.ts';
import { carriesBody, whyRefused } from './why-refused.ts';

/** What stands in front of every page and route, Next's own included. */
export type FrontServer = (request: IncomingMessage, response: ServerResponse, pass: Pass) => Promise<void>;

type Pass = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** How long a client that is still sending may take to read that it was refused. */
const LINGER_MS = 300;

/** A body may take the server's twenty seconds to arrive; most are there at once. */
const BUSY_SECONDS = 5;

type Parts = HeaderParts & { trusts: Trusts };

/** What somebody else's word could be slipped in by: Next and next-auth read some of these. */
const SPOKEN_FOR = /^(x-forwarded-|x-real-ip$|forwarded$|x-middleware-|x-original-|x-rewrite-)/;

/**
 * Refuses what names another host or cannot be a question, says who asks by trusted word alone, and gives each answer
 * the rules a browser keeps. Whether a person may have the answer is decided behind it, in each page and route.
 */
export function createFrontServer({ trusts, ...parts }: Parts): FrontServer {
  const own = new URL(parts.appUrl);
  const common = Object.entries(commonHeaders(parts));
  return async (request, response, pass) => {
    for (const [name, value] of common) response.setHeader(name, value);
    const { headers, socket } = request;
    const remote = socket.remoteAddress;
    const peer = bareAddress(remote ?? '');
    const asker = askerAddress(remote, lineOf(headers['x-forwarded-for']), trusts);
    const speaks = trusts(peer);
    const host = (speaks && lineOf(headers['x-forwarded-host'])) || headers.host || '';
    const why = whyRefused(request, peer, host.toLowerCase(), own.host);
    const stop = (reason: ErrorReason, retryAfterSeconds?: number) =>
      refuse(
        request,
        response,
        new AppError(reason, {
          values: { appUrl: own.origin },
          ...(retryAfterSeconds && { retryAfterSeconds }),
        }),
        parts,
      );
    if (why) return stop(why);
    const body = carriesBody(headers) ? await readWhole(request) : 'none';
    if (body === 'gone') return;
    if (body === 'too-long') return stop('invalid-question.body');
    if (body === 'busy') return stop('too-many-questions.bodies', BUSY_SECONDS);
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
    await pass(body === 'none' ? request : withBody(request, body), response);
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
  // Whatever else was sent on this connection is not read.
  response.setHeader('Connection', 'close');
  if (error.retryAfterSeconds !== null) response.setHeader('Retry-After', String(error.retryAfterSeconds));
  if (api) {
    response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
    return endUnread(request, response, JSON.stringify(toProblem(error, requestId)));
  }
  const { cookie, 'accept-language': languages } = request.headers;
  const chosen = new RegExp(`(?:^|; )${LOCALE_COOKIE}=(\\w+)`).exec(cookie ?? '')?.[1];
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  endUnread(request, response, refusalPage(error, pickLocale(chosen, languages ?? null), parts.appUrl));
}

/**
 * Ends an answer whose request may still be coming in. Closing at once would reset the connection, and a client that is
 * still writing would see that instead of the answer; so the rest is left unread for a moment and then cut off.
 */
function endUnread(request: IncomingMessage, response: ServerResponse, text: string): void {
  if (!carriesBody(request.headers) || request.complete) {
    response.end(text);
    return;
  }
  response.setHeader('Content-Length', Buffer.byteLength(text));
  // Writing the body of an answer to HEAD sends nothing, not even the headers.
  response.flushHeaders();
  response.write(text);
  const cut = setTimeout(() => request.socket.destroy(), LINGER_MS);
  response.once('close', () => clearTimeout(cut));
}

const lineOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;
