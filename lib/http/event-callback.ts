import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { NextRequest } from 'next/server';
import { AppError, asAppError } from '#lib/domain/errors.ts';
import { runtime } from '#lib/server/runtime.ts';
import { receiveCallback } from '#lib/services/events/receive-callback.ts';
import { clientAddress } from './client-address.ts';
import { jsonResponse } from './json-response.ts';
import { createMergedLine } from './merged-line.ts';
import { problemResponse } from './problem-response.ts';
import { readBody } from './read-body.ts';

/** DingTalk waits 2.5 s and then sends again (DingTalk docs: configure-stream-push); we say before that that we could not. */
const ANSWER_WITHIN_MS = 2_000;

/** Whoever knows the address can be refused; who they are is not known before that. */
const refusal = createMergedLine(Date.now);

/**
 * DingTalk's door: no session, what lets one in is the signature. Answers `success` only when the event is durable, so
 * that whatever is not answered comes again.
 */
export async function eventCallback(request: NextRequest): Promise<Response> {
  const requestId = randomUUID();
  const { callback, services, log } = await runtime();
  try {
    if (!callback) throw new AppError('not-permitted.callback-off');
    const posted = { query: request.nextUrl.searchParams, body: await readBody(request) };
    const from = { address: clientAddress(request.headers), requestId };
    return jsonResponse(await inTime(receiveCallback(services, callback, posted, from)), { requestId });
  } catch (thrown) {
    const error = asAppError(thrown);
    const { reason, cause } = error;
    refusal(log.warn, 'callback refused', { kind: reason, requestId, reason, cause: String(cause ?? '') });
    return problemResponse(error, requestId);
  }
}

async function inTime<T>(kept: Promise<T>): Promise<T> {
  const tooLate = new AbortController();
  const late = delay(ANSWER_WITHIN_MS, 'late', { signal: tooLate.signal }).catch(() => 'in time');
  // What is kept after that is known by its id when it comes again.
  kept.catch(() => undefined);
  try {
    if ((await Promise.race([kept, late])) === 'late') {
      throw new AppError('internal.internal', { cause: 'the event was not kept in time' });
    }
    return await kept;
  } finally {
    tooLate.abort();
  }
}
