import 'server-only';
import { z } from 'zod';
import { createDeadline, type Deadline } from '#lib/dingtalk/transport/deadline.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Call, MakeCall } from './call.ts';
import { TOKEN_TEXT } from './token-text.ts';

/** For the refresh itself, whoever waits for it and however shortly. */
const REFRESH_BUDGET_MS = 10_000;

const MOST_MARGIN_SECONDS = 600;

/** DingTalk gives two hours; what is said to live for ever is fetched again each day, and ends at a moment that there is. */
const MOST_LIFE_SECONDS = 86_400;

/** The app's credentials; `corpId` decides which of the two token calls is made. */
export type Credentials = {
  apiOrigin: string;
  clientId: string;
  clientSecret: string;
  corpId: string | null;
};

/** The app's access token, shared by everything that calls. It never leaves this room. */
export type AccessToken = {
  /** The token, fetched when there is none; at most until the deadline, which ends the waiting, not the fetch. */
  get(deadline: Deadline): Promise<string>;
  /** Forgets exactly this token; one fetched since stays. */
  drop(token: string): void;
  /** When the token that is held was asked for and when DingTalk lets it end; null while none is held. */
  state(): TokenState | null;
};

/** Milliseconds since the epoch. Never the token. */
export type TokenState = { obtainedAt: number; expiresAt: number };

/**
 * Keeps one token until 10 minutes before its end (10 % of a shorter life) on the monotonic clock, with one fetch
 * in flight however many ask. A failed fetch is not remembered.
 * (DingTalk docs: server-api-calling-guide; obtain-the-access-token-of-an-internal-app; api-gettoken)
 */
export function createAccessToken(credentials: Credentials, call: MakeCall, clock: Clock): AccessToken {
  let current: { token: string; until: number; state: TokenState } | null = null;
  let refreshing: Promise<string> | null = null;

  async function refresh(): Promise<string> {
    const asked = clock.elapsed();
    const obtainedAt = clock.now();
    const { body, said } = await call(tokenCall(credentials), createDeadline(clock, REFRESH_BUDGET_MS));
    const answer = ANSWER.safeParse(body);
    // The parse error stays out of the cause chain: what it describes is the answer with the token.
    if (!answer.success) throw new AppError('dingtalk-confused.shape', { upstream: said });
    const { token, seconds } = answer.data;
    const until = asked + 1000 * (seconds - Math.min(MOST_MARGIN_SECONDS, seconds / 10));
    current = { token, until, state: { obtainedAt, expiresAt: obtainedAt + 1000 * seconds } };
    return token;
  }

  return {
    async get(deadline) {
      if (current && clock.elapsed() < current.until) return current.token;
      refreshing ??= refresh().finally(() => {
        refreshing = null;
      });
      return deadline.wait(refreshing);
    },
    drop(token) {
      if (current?.token === token) current = null;
    },
    state: () => current?.state ?? null,
  };
}

const ANSWER = z
  .object({
    accessToken: TOKEN_TEXT.optional(),
    access_token: TOKEN_TEXT.optional(),
    expireIn: z.coerce.number().positive().optional(),
    expires_in: z.coerce.number().positive().optional(),
  })
  .transform((answer, context) => {
    const token = answer.accessToken ?? answer.access_token;
    const seconds = answer.expireIn ?? answer.expires_in;
    if (token !== undefined && seconds !== undefined) {
      return { token, seconds: Math.min(seconds, MOST_LIFE_SECONDS) };
    }
    context.addIssue('no token');
    return z.NEVER;
  });

function tokenCall({ apiOrigin, clientId, clientSecret, corpId }: Credentials): Call {
  // A wrong organisation is answered like a server fault, 500 `unknownError` (DingTalk docs: api-gettoken).
  const shared = {
    method: 'POST',
    origin: apiOrigin,
    meanings: { unknownError: 'dingtalk-refused.organisation' },
  } as const;
  if (corpId === null) {
    const body = { appKey: clientId, appSecret: clientSecret };
    return { ...shared, api: 'POST /v1.0/oauth2/accessToken', path: '/v1.0/oauth2/accessToken', body };
  }
  return {
    ...shared,
    api: 'POST /v1.0/oauth2/{corpId}/token',
    path: `/v1.0/oauth2/${encodeURIComponent(corpId)}/token`,
    body: { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' },
  };
}
