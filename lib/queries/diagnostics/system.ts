import { queryOptions } from '@tanstack/react-query';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { fetchJson, sendJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** An answer with the moment it reached this browser, by the browser's clock; absent when it came with the page. */
export type ReceivedService = ServiceAnswer & { receivedAt?: number };

/** Budget, upstream, discovery, round and inventory. */
export function serviceQuery(reader: Reader) {
  return queryOptions({
    queryKey: ['service', reader.key],
    queryFn: async ({ signal }): Promise<ReceivedService> => {
      const answer = (await fetchJson('/api/v1/system', signal)) as ServiceAnswer;
      return { ...answer, receivedAt: Date.now() };
    },
  });
}

/** Starts finding all rooms and devices, or joins the run that is under way. */
export async function startDiscovery(): Promise<void> {
  await sendJson('POST', '/api/v1/system/discovery', {});
}
