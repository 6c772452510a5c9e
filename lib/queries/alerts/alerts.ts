import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  AlertsAnswer,
  ChannelAsked,
  DeliveriesAnswer,
  MadeChannel,
  TestAnswer,
} from '#lib/domain/alerts/alerts-answer.ts';
import type { Received } from '#lib/queries/access/account.ts';
import { fetchJson, sendJson } from '#lib/queries/fetch-json.ts';

const ROOT = '/api/v1/alerts';
/** What stands changes by itself. */
const LOOKED_AT_EVERY_MS = 10_000;

async function received<T>(path: string, signal: AbortSignal): Promise<Received<T>> {
  const answer = (await fetchJson(path, signal)) as T;
  return { ...answer, receivedAt: Date.now() };
}

/** Who is told of what, and what stands. */
export const alertsQuery = (reader: string) =>
  queryOptions({
    queryKey: ['alerts', reader],
    queryFn: ({ signal }) => received<AlertsAnswer>(ROOT, signal),
    refetchInterval: LOOKED_AT_EVERY_MS,
  });

/** What was sent, page by page. */
export const deliveriesQuery = (reader: string) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', reader],
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

/** What is asked of a rule, as its route reads it. */
export type RuleSent = {
  name: string;
  on: boolean;
  which: { codes: string[] } | { least: string };
  scope: ScopeSent;
  raiseAfterSeconds: number;
  resolveAfterSeconds: number;
  channelIds: string[];
};

export type ScopeSent = { everything: boolean; groups?: string[]; rooms?: string[]; devices?: string[] };

export type SentSilence = {
  scope: ScopeSent;
  codes: string[] | null;
  when:
    | { kind: 'once'; from: string; until: string }
    | { kind: 'weekly'; days: number[]; from: string; to: string; zone: string };
  reason: string;
};

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
