import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { HistoryAnswer } from '#lib/api/history/history-answers.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';
import { type HistoryView, historyParams } from './history-address.ts';
import { historyKey } from './history-key.ts';

/** What the desk says by itself when something changes is heard at once; this is for when it could not be heard. */
const FRESH_FOR_MS = 30_000;

/** What is known of a device over a window. What was shown stays while another window is on its way. */
export function deviceHistoryQuery(reader: Reader, deviceId: string, view: HistoryView) {
  const asked = historyParams(view).toString();
  return queryOptions({
    queryKey: [...historyKey(reader, deviceId), asked],
    queryFn: async ({ signal }) =>
      (await fetchJson(
        `/api/v1/devices/${encodeURIComponent(deviceId)}/history?${asked}`,
        signal,
      )) as HistoryAnswer,
    placeholderData: keepPreviousData,
    staleTime: FRESH_FOR_MS,
  });
}
