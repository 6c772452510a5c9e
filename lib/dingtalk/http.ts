import { Agent } from 'undici';
import type { Clock } from '#lib/domain/clock.ts';
import { type HttpBody, readHttpBody } from './http-body.ts';
import { AttemptTimedOut, transportFailure } from './transport-failure.ts';
import { word } from './upstream-said.ts';

const CONNECT_TIMEOUT_MS = 2_000;
const KEEP_ALIVE_MS = 10_000;

/** One request as it goes out. `path` holds the query; nothing of it is ever put in an error. */
export type HttpRequest = {
  origin: string;
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** For everything: connection, headers and the whole body. */
  timeoutMs: number;
};

/** One answer, whatever its status. `requestId` is what a header says, for answers whose body has none. */
export type HttpAnswer = { status: number; requestId: string | null; body: HttpBody };

export type Http = {
  /** One attempt. Throws an AppError when no answer came; redirects are answers and never followed. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
};

/** The connections to DingTalk: kept alive, HTTP/1.1, with a limit on everything. */
export function createHttp(clock: Clock): Http {
  const agent = new Agent({
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    // The attempt's own timer covers both; a second one would only make the failure ambiguous.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    async send(request) {
      const tooLate = new AbortController();
      const finished = new AbortController();
      clock.sleep(request.timeoutMs, finished.signal).then(
        () => tooLate.abort(new AttemptTimedOut()),
        () => {},
      );
      try {
        return await exchange(agent, request, tooLate.signal);
      } catch (thrown) {
        throw transportFailure(thrown, new URL(request.origin).host);
      } finally {
        finished.abort();
      }
    },
    close: () => agent.close(),
  };
}

async function exchange(agent: Agent, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const hasBody = request.body !== undefined;
  const { statusCode, headers, body } = await agent.request({
    origin: request.origin,
    path: request.path,
    method: request.method,
    headers: {
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...request.headers,
    },
    body: hasBody ? JSON.stringify(request.body) : null,
    signal,
  });
  return {
    status: statusCode,
    requestId: word(one(headers['x-acs-request-id']) ?? one(headers['x-acs-trace-id'])),
    body: await readHttpBody(body),
  };
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
