import { Agent, type Dispatcher } from 'undici';
import { word } from '#lib/dingtalk/client/upstream-said.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { undiciConnector } from '#lib/egress/clients.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { type HttpBody, readHttpBody } from './http-body.ts';
import { AttemptTimedOut, transportFailure } from './transport-failure.ts';

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
  /** Told when a connection stands and the request is about to be written; without it nothing has left. */
  onLeaving?: () => void;
};

/**
 * One answer, whatever its status. `requestId` is what a header says, for answers whose body has none; `dateMs` is the
 * time by the clock of whoever answered, in whole seconds, absent when no header tells it.
 */
export type HttpAnswer = { status: number; requestId: string | null; body: HttpBody; dateMs?: number | null };

export type Http = {
  /** One attempt. Throws an AppError when no answer came; redirects are answers and never followed. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
};

/** The connections to DingTalk, by the proxy where there is one: kept alive, HTTP/1.1, with a limit on everything. */
export function createHttp(clock: Clock, proxy: EgressProxy | null): Http {
  const agent = new Agent({
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: proxy ? undiciConnector(proxy, CONNECT_TIMEOUT_MS) : { timeout: CONNECT_TIMEOUT_MS },
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
  const dispatcher = request.onLeaving ? agent.compose(telling(request.onLeaving)) : agent;
  const { statusCode, headers, body } = await dispatcher.request({
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
    dateMs: momentIn(one(headers.date)),
  };
}

/** Tells when a request is about to be written, unless its time was up before. */
function telling(onLeaving: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    // The handler was made for this one request, so what is changed here is nobody else's.
    const start = handler.onRequestStart?.bind(handler);
    handler.onRequestStart = (controller, context) => {
      start?.(controller, context);
      if (!controller.aborted) onLeaving();
    };
    return dispatch(options, handler);
  };
}

function momentIn(header: string | undefined): number | null {
  const at = Date.parse(header ?? '');
  return Number.isNaN(at) ? null : at;
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
