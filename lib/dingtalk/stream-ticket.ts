import { z } from 'zod';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Call, Caller } from './call.ts';
import { createDeadline } from './deadline.ts';

type Asker = { apiOrigin: string; clientId: string; clientSecret: string; call: Caller; clock: Clock };

const BUDGET_MS = 10_000;

const ANSWER = z.object({ endpoint: z.string().min(1), ticket: z.string().min(1) });

/**
 * Asks for a place to connect to; its ticket lives 90 s and is for one connection. Not metered. Throws AppErrors.
 * (PEDIA: docs/learn/stream/protocol.md; DOC:configure-stream-push)
 */
export async function askForTicket({ apiOrigin, clientId, clientSecret, call, clock }: Asker): Promise<URL> {
  const asked: Call = {
    method: 'POST',
    origin: apiOrigin,
    api: 'POST /v1.0/gateway/connections/open',
    path: '/v1.0/gateway/connections/open',
    // Only "*" is allowed for events; which of them come is ticked in the developer console.
    body: { clientId, clientSecret, ua: 'rooms-desk', subscriptions: [{ type: 'EVENT', topic: '*' }] },
  };
  const { body, said } = await call(asked, createDeadline(clock, BUDGET_MS));
  const answer = ANSWER.safeParse(body);
  const endpoint = answer.success ? URL.parse(answer.data.endpoint) : null;
  // In clear only where the API itself is asked in clear: the ticket is all that it takes to read the events.
  const allowed = apiOrigin.startsWith('http:') ? ['ws:', 'wss:'] : ['wss:'];
  if (!answer.success || !endpoint || !allowed.includes(endpoint.protocol)) {
    throw new AppError('dingtalk-confused.shape', { upstream: said });
  }
  endpoint.searchParams.set('ticket', answer.data.ticket);
  return endpoint;
}
