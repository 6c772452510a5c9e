import type { Problem } from '#lib/api/problem.ts';

/** A problem as a page shows it; the last one is the browser's own, when this desk says nothing at all. */
export type ShownProblem = Pick<Problem, 'values' | 'upstream' | 'retryAfterSeconds'> & {
  reason: Problem['reason'] | 'desk-unreachable.no-answer';
  requestId?: string;
};

/** An answer that was a problem, as the server told it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.reason);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** No answer came from this desk at all: the network is gone, or something else answered in its place. */
export class ServerUnreachable extends Error {
  constructor(cause: unknown) {
    super('desk-unreachable', { cause });
    this.name = 'ServerUnreachable';
  }
}

/** Gets JSON from this desk. Throws ProblemError for what it says went wrong, ServerUnreachable when it says nothing. */
export async function fetchJson(path: string, signal: AbortSignal): Promise<unknown> {
  return answered(path, { signal, headers: { Accept: 'application/json' } });
}

type Method = 'POST' | 'PUT' | 'DELETE';

/** As fetchJson, for what changes something or is too long for an address. Null where there is nothing to say. */
export async function sendJson(
  method: Method,
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<unknown> {
  const headers = { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) };
  const text = body ? JSON.stringify(body) : null;
  return answered(path, {
    method,
    headers,
    signal: signal ?? null,
    body: text,
    // Whoever presses and goes on to another page meant it. Browsers keep 64 KiB alive in all.
    keepalive: (text?.length ?? 0) < 16_000,
  });
}

async function answered(path: string, asked: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, asked);
  } catch (error) {
    if (asked.signal?.aborted) throw error;
    throw new ServerUnreachable(error);
  }
  if (response.status === 204) return null;
  const body: unknown = await response.json().catch((error) => {
    throw new ServerUnreachable(error);
  });
  if (response.ok) return body;
  if (isProblem(body)) throw new ProblemError(body);
  throw new ServerUnreachable(response.status);
}

/** Whether a body is a problem, as this desk tells one. */
export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'reason' in body;
}

/** What a failed question shows. */
export function shownProblem(error: Error): ShownProblem {
  return error instanceof ProblemError ? error.problem : { reason: 'desk-unreachable.no-answer' };
}
