import type { MakeCall } from '#lib/dingtalk/client/call.ts';
import { createDeadline } from '#lib/dingtalk/transport/deadline.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';

/** For one attempt and a place among the calls of a second; who asks again is the stream. */
const BUDGET_MS = 5_000;

const API = 'POST /v1.0/gateway/connections/open';

export type StreamApp = { apiOrigin: string; clientId: string; clientSecret: string };

/**
 * An address good for one connection within 90 seconds; its ticket is a secret. DingTalk names the host, so none is
 * known here, and all events are subscribed to because `*` is all there is: which ones come is ticked in the developer
 * console. Throws AppErrors, `dingtalk-refused.credentials` (401 `authFailed`) among them. Not metered.
 * (DingTalk developerpedia: learn/stream/protocol)
 */
export async function askForStreamAddress(app: StreamApp, call: MakeCall, clock: Clock): Promise<string> {
  const { body, said } = await call(
    {
      api: API,
      method: 'POST',
      origin: app.apiOrigin,
      path: '/v1.0/gateway/connections/open',
      body: {
        clientId: app.clientId,
        clientSecret: app.clientSecret,
        ua: 'rooms-desk',
        subscriptions: [{ type: 'EVENT', topic: '*' }],
      },
      once: true,
    },
    createDeadline(clock, BUDGET_MS),
  );
  const url = typeof body.endpoint === 'string' ? URL.parse(body.endpoint) : null;
  const ticket = typeof body.ticket === 'string' ? body.ticket : '';
  if (url === null || ticket === '' || !isAllowed(url, app.apiOrigin)) {
    throw new AppError('dingtalk-confused.shape', { upstream: said });
  }
  const query = [url.search.slice(1), `ticket=${encodeURIComponent(ticket)}`].filter(Boolean).join('&');
  return `${url.protocol}//${url.host}${url.pathname}?${query}`;
}

// Where the API is spoken to in the open, as the simulator is, events may be too.
function isAllowed({ protocol }: URL, apiOrigin: string): boolean {
  return protocol === 'wss:' || (protocol === 'ws:' && apiOrigin.startsWith('http:'));
}
