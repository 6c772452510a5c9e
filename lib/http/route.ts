import 'server-only';
import { randomUUID } from 'node:crypto';
import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import type { Problem } from '#lib/api/problem.ts';
import { contractOf, type ROUTES } from '#lib/api/routes.ts';
import type { CredentialCaller } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { ROUTE_POLICY, type RouteName } from '#lib/domain/access/route-policy.ts';
import type { AuditAction } from '#lib/domain/audit/audit.ts';
import { type AppError, asAppError } from '#lib/domain/errors.ts';
import { type Runtime, runtime } from '#lib/server/runtime.ts';
import { badInput } from './bad-input.ts';
import { clientAddress } from './client-address.ts';
import { jsonResponse } from './json-response.ts';
import { problemResponse, toProblem } from './problem-response.ts';
import { permitted, whoAsks } from './who-asks.ts';
import { writtenBody } from './written-body.ts';

type Params = Record<string, string>;

/** What a handler gets: the caller, the input and what the process has built. */
export type Asked<I> = {
  /** Who asks, with which session or token, and from where. */
  caller: CredentialCaller;
  /** The caller's operator, for use cases that need nothing else of them. */
  operator: Operator;
  /** Calls back when the caller's session or token ends. Returns a function that cancels this. */
  whenOver: (over: () => void) => () => void;
  input: I;
  services: Runtime['services'];
  live: Runtime['live'];
  /** The origin of Rooms Desk. */
  appUrl: string;
  requestId: string;
  /** The position in the feed after which an event stream continues; null when the browser sends none. */
  lastEventId: number | null;
  /** Aborts when the client disconnects. */
  signal: AbortSignal;
  /** An error as it may be shown inside an answer. */
  explain: (error: AppError) => Problem;
};

type Contract<N extends RouteName> = (typeof ROUTES)[N];

/** What the contract's schema reads out of a request. */
type Input<N extends RouteName> = z.output<Contract<N>['input']>;

/** What a handler returns: the body that the contract describes, or a response of another content type. */
type GoodAnswer<C> = C extends { type: string }
  ? Response
  : C extends { answer: infer A extends z.ZodType }
    ? z.input<A>
    : unknown;

type RouteOptions<N extends RouteName> = {
  /** The action under which a refusal is audited, for routes whose success is audited. Other refusals are not audited. */
  refusedAs?: AuditAction;
  answer: (asked: Asked<Input<N>>) => Promise<GoodAnswer<Contract<N>>>;
};

/**
 * Session or token -> Operator, schema -> input, service -> JSON, AppError -> problem+json. Every API route goes through
 * here. Its name selects the permission, which is checked on the server before anything else, and the contract.
 */
export function route<N extends RouteName>(name: N, { refusedAs, answer }: RouteOptions<N>) {
  const { input, status } = contractOf(name);
  return async (request: NextRequest, context: { params: Promise<Params> }): Promise<Response> => {
    const requestId = randomUUID();
    try {
      const { auth, services, live, config } = await runtime();
      const { access, audit } = services;
      const source = { address: clientAddress(request.headers), requestId };
      const credential = await whoAsks(request, auth, services, source);
      const { operator } = credential;
      permitted(credential, ROUTE_POLICY[name], () => {
        const auditEntry = { by: operator, source, outcome: 'refused' as const };
        if (refusedAs) audit.note({ ...auditEntry, about: new URL(request.url).pathname, action: refusedAs });
      });
      const parsed = input.safeParse({
        ...queryOf(new URL(request.url).searchParams),
        ...(await bodyOf(request, credential.by === 'token' ? null : config.appUrl)),
        ...(await context.params),
      });
      if (!parsed.success) throw badInput(parsed.error);
      const explain = (error: AppError) => toProblem(error, requestId);
      const whenOver = (over: () => void) =>
        (credential.by === 'token' ? access.tokens : access.sessions).watch(credential.id, over);
      const asked = {
        caller: { operator, source, credential },
        operator,
        whenOver,
        input: parsed.data as Input<N>,
        services,
        live,
        explain,
      };
      const lastEventId = numberOrNull(request.headers.get('last-event-id'));
      const body = await answer({
        ...asked,
        requestId,
        lastEventId,
        appUrl: config.appUrl,
        signal: request.signal,
      });
      if (body instanceof Response) return body;
      return jsonResponse(body, status === undefined ? { requestId } : { requestId, status });
    } catch (thrown) {
      const error = asAppError(thrown);
      await report(error, requestId);
      return problemResponse(error, requestId);
    }
  };
}

const bodyOf = (request: NextRequest, ownOrigin: string | null): Promise<object> | object =>
  request.method === 'GET' || request.method === 'HEAD' ? {} : writtenBody(request, ownOrigin);

/** Repeated parameters become a list, which a schema must ask for: nothing is chosen silently. */
function queryOf(search: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const key of new Set(search.keys())) {
    const all = search.getAll(key);
    query[key] = all.length === 1 ? (all[0] ?? '') : all;
  }
  return query;
}

const numberOrNull = (text: string | null) =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;

/** Logs faults with their cause and failures of others in one line. Invalid requests are not logged. */
async function report(error: AppError, requestId: string): Promise<void> {
  if (error.status < 500) return;
  const { log } = await runtime();
  const facts = { requestId, reason: error.reason, upstream: error.upstream };
  if (error.code === 'internal') log.error('request failed', { ...facts, cause: causeText(error.cause) });
  else log.warn('request not answered', facts);
}

const causeText = (cause: unknown) =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
