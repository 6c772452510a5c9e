import { queryOptions } from '@tanstack/react-query';
import type { PinsAndRecents } from '#lib/api/search/search-answers.ts';
import { fetchJson, sendJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** What can be pinned: a device by its key or a room by its id. */
export type PinName = { kind: 'device' | 'room'; key: string };

/** Pins, devices opened last and saved views of the person. */
export function pinsAndRecentsQuery(reader: Reader) {
  return queryOptions({
    queryKey: ['at-hand', reader.key],
    queryFn: async ({ signal }) => (await fetchJson('/api/v1/at-hand', signal)) as PinsAndRecents,
  });
}

/** Pins or lets go. */
export async function setPin({ kind, key }: PinName, pinned: boolean): Promise<void> {
  if (pinned) await sendJson('PUT', '/api/v1/pins', { kind, key });
  else await sendJson('DELETE', `/api/v1/pins?${new URLSearchParams({ kind, key })}`);
}
