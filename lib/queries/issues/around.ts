import { queryOptions } from '@tanstack/react-query';
import type { ComparableAnswer } from '#lib/api/devices/device-answers.ts';
import type { BeforeAnswer, CommonAnswer } from '#lib/api/issues/issue-answers.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** What stands around a trouble changes slowly; asked again when somebody comes back to it. */
const FRESH_FOR_MS = 30_000;

const pathOf = (deviceId: string, what: 'preceding-changes' | 'comparable') =>
  `/api/v1/devices/${encodeURIComponent(deviceId)}/${what}`;

/** What changed before the worst that is wrong with a device; `worst` tells one trouble from the next. */
export function beforeQuery(reader: Reader, deviceId: string, worst: IssueCode) {
  return queryOptions({
    queryKey: ['before', reader.key, deviceId, worst],
    queryFn: async ({ signal }) =>
      (await fetchJson(pathOf(deviceId, 'preceding-changes'), signal)) as BeforeAnswer,
    staleTime: FRESH_FOR_MS,
  });
}

/** The nearest healthy device of the same model. */
export function comparableDeviceQuery(reader: Reader, deviceId: string) {
  return queryOptions({
    queryKey: ['twin', reader.key, deviceId],
    queryFn: async ({ signal }) =>
      (await fetchJson(pathOf(deviceId, 'comparable'), signal)) as ComparableAnswer,
    staleTime: FRESH_FOR_MS,
  });
}

/** What the devices that share an issue have in common. */
export function commonQuery(reader: Reader, issue: IssueCode) {
  return queryOptions({
    queryKey: ['common', reader.key, issue],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/v1/devices/common?issue=${issue}`, signal)) as CommonAnswer,
    staleTime: FRESH_FOR_MS,
  });
}
