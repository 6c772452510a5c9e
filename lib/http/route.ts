import 'server-only';
import { randomUUID } from 'node:crypto';
import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import { AppError, asAppError, type ErrorReason } from '#lib/domain/errors.ts';
import { type Action, can, type Operator } from '#lib/domain/operator.ts';
import type { Problem } from '#lib/domain/problem.ts';
import { type Runtime, runtime } from '#lib/runtime.ts';
import { jsonResponse } from './json-response.ts';
import { problemResponse, toProblem } from './problem-response.ts';

type Params = Record<string, string>;

/** What a route needs to answer: who asks, what they ask, and the wiring. */
export type Asked<I> = {
  operator: Operator;
  input: I;
  services: Runtime['services'];
  /** An error as it may be shown inside an answer. */
  explain: (error: AppError) => Problem;
};

type RouteOptions<S extends z.ZodType> = {
  /** What the person must be allowed to do; decided here, on the server, before anything else. */
  permit: Action;
  /** Reads path parameters and query into the input. An issue's message is an ErrorReason. */
  input: S;
  answer: (asked: Asked<z.output<S>>) => Promise<unknown>;
};

/** Session -> Operator, schema -> input, service -> JSON, AppError -> problem+json. Every API route goes through here. */
export function route<S extends z.ZodType>({ permit, input, answer }: RouteOptions<S>) {
  return async (request: NextRequest, context: { params: Promise<Params> }): Promise<Response> => {
    const requestId = randomUUID();
    try {
      const { auth, services } = await runtime();
      const operator = await auth.operator(request.cookies.get(auth.cookieName)?.value);
      if (!operator) throw new AppError('signed-out.signed-out');
      if (!can(operator.role, permit)) throw new AppError('not-permitted.role');
      const parsed = input.safeParse({
        ...queryOf(new URL(request.url).searchParams),
        ...(await context.params),
      });
      if (!parsed.success) throw new AppError(reasonOf(parsed.error));
      const explain = (error: AppError) => toProblem(error, requestId);
      const body = await answer({ operator, input: parsed.data, services, explain });
      return jsonResponse(body, { requestId });
    } catch (thrown) {
      const error = asAppError(thrown);
      await report(error, requestId);
      return problemResponse(error, requestId);
    }
  };
}

/** Repeated parameters become a list, which no schema of ours accepts: nothing is chosen silently. */
function queryOf(search: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const key of new Set(search.keys())) {
    const all = search.getAll(key);
    query[key] = all.length === 1 ? (all[0] ?? '') : all;
  }
  return query;
}

function reasonOf(error: z.ZodError): ErrorReason {
  const message = error.issues[0]?.message ?? '';
  return message.startsWith('invalid-question.') ? (message as ErrorReason) : 'invalid-question.parameter';
}

/** Faults are logged with their cause, other people's refusals in one line; a wrong question is not worth a line. */
async function report(error: AppError, requestId: string): Promise<void> {
  if (error.status < 500) return;
  const { log } = await runtime();
  const facts = { requestId, reason: error.reason, upstream: error.upstream };
  if (error.code === 'internal') log.error('request failed', { ...facts, cause: causeText(error.cause) });
  else log.warn('request not answered', facts);
}

const causeText = (cause: unknown) =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
