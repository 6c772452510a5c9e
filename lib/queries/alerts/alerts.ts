import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  AlertsAnswer,
  DeliveriesAnswer,
  MadeChannel,
  TestAnswer,
} from '#lib/api/alerts/alert-answers.ts';
import type { ChannelAsked, newSilence, ruleToMake } from '#lib/api/alerts/alert-requests.ts';
import type { Received } from '#lib/queries/access/account.ts';
import { fetchJson, sendJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

const ROOT = '/api/v1/alerts';
/** What stands changes by itself. */
const LOOKED_AT_EVERY_MS = 10_000;

async function received<T>(path: string, signal: AbortSignal): Promise<Received<T>> {
  const answer = (await fetchJson(path, signal)) as T;
  return { ...answer, receivedAt: Date.now() };
}

/** Who is told of what, and what stands. */
export const alertsQuery = (reader: Reader) =>
  queryOptions({
    queryKey: ['alerts', reader.key],
    queryFn: ({ signal }) => received<AlertsAnswer>(ROOT, signal),
    refetchInterval: LOOKED_AT_EVERY_MS,
  });

/** What was sent, page by page. */
export const deliveriesQuery = (reader: Reader) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', reader.key],
    queryFn: ({ pageParam, signal }) =>
      received<DeliveriesAnswer>(
        `${ROOT}/notifications${pageParam === null ? '' : `?cursor=${encodeURIComponent(pageParam)}`}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: LOOKED_AT_EVERY_MS,
  });

/** Makes a channel, or changes the one with that id. */
export async function keepChannel({ id, asked }: Kept<ChannelAsked>): Promise<MadeChannel> {
  const [method, path] = wayTo('channels', id);
  return (await sendJson(method, path, asked)) as MadeChannel;
}

/** Sends a test message now. */
export async function testChannel(id: string): Promise<TestAnswer> {
  return (await sendJson('POST', `${ROOT}/channels/${encodeURIComponent(id)}/test`)) as TestAnswer;
}

export type RuleSent = z.input<typeof ruleToMake>;
export type ScopeSent = RuleSent['scope'];
export type SentSilence = z.input<typeof newSilence>;

/** Makes a rule, or changes the one with that id. */
export async function keepRule({ id, asked }: Kept<RuleSent>): Promise<void> {
  const [method, path] = wayTo('rules', id);
  await sendJson(method, path, asked);
}

/** Keeps something quiet. */
export async function createSilence(asked: SentSilence): Promise<void> {
  await sendJson('POST', `${ROOT}/silences`, asked);
}

/** Takes one of these away. */
export async function removeOne({ kind, id }: { kind: 'channels' | 'rules' | 'silences'; id: string }) {
  await sendJson('DELETE', `${ROOT}/${kind}/${encodeURIComponent(id)}`);
}

/** Has a notice sent once more. */
export async function sendAgain(id: string): Promise<void> {
  await sendJson('POST', `${ROOT}/notifications/${encodeURIComponent(id)}/again`);
}

type Kept<T> = { id: string | null; asked: T };

const wayTo = (kind: string, id: string | null) =>
  id === null
    ? (['POST', `${ROOT}/${kind}`] as const)
    : (['PUT', `${ROOT}/${kind}/${encodeURIComponent(id)}`] as const);
