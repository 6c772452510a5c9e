import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  MadeToken,
  PeopleAnswer,
  SessionsAnswer,
  TokensAnswer,
} from '#lib/api/access/account-answers.ts';
import type { tokenToMake } from '#lib/api/access/account-requests.ts';
import { fetchJson, sendJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** An answer with the moment it reached this browser, by the browser's clock; absent when it came with the page. */
export type Received<T> = T & { receivedAt?: number };

async function received<T>(path: string, signal: AbortSignal): Promise<Received<T>> {
  const answer = (await fetchJson(path, signal)) as T;
  return { ...answer, receivedAt: Date.now() };
}

/** The reader's own sessions. */
export const sessionsQuery = (reader: Reader) =>
  queryOptions({
    queryKey: ['sessions', reader.key],
    queryFn: ({ signal }) => received<SessionsAnswer>('/api/v1/sessions', signal),
  });

/** Everybody who is signed in. */
export const peopleQuery = (reader: Reader) =>
  queryOptions({
    queryKey: ['people', reader.key],
    queryFn: ({ signal }) => received<PeopleAnswer>('/api/v1/people', signal),
  });

/** Every API token. */
export const tokensQuery = (reader: Reader) =>
  queryOptions({
    queryKey: ['tokens', reader.key],
    queryFn: ({ signal }) => received<TokensAnswer>('/api/v1/tokens', signal),
  });

/** Ends one of the reader's own sessions. */
export async function endSession(sessionId: string): Promise<void> {
  await sendJson('DELETE', `/api/v1/sessions/${encodeURIComponent(sessionId)}`);
}

/** Ends all of the reader's own sessions but this one. */
export async function endOtherSessions(): Promise<void> {
  await sendJson('DELETE', '/api/v1/sessions');
}

/** Ends all sessions of a person, or of everybody for null. */
export async function endSessionsOf(subject: string | null): Promise<void> {
  const whose: Record<string, string> = subject === null ? { everybody: 'true' } : { subject };
  await sendJson('DELETE', `/api/v1/people/sessions?${new URLSearchParams(whose)}`);
}

/** Makes a token; its value is in the answer and nowhere else. */
export async function createToken(asked: z.input<typeof tokenToMake>): Promise<MadeToken> {
  return (await sendJson('POST', '/api/v1/tokens', asked)) as MadeToken;
}

/** Revokes a token. */
export async function revokeToken(tokenId: string): Promise<void> {
  await sendJson('DELETE', `/api/v1/tokens/${encodeURIComponent(tokenId)}`);
}
