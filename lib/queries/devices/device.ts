import { queryOptions } from '@tanstack/react-query';
import type { DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import type { ShownCheck } from '#lib/api/notes/note-answers.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** An answer with the moment it reached this browser, by the browser's clock; absent when it came with the page. */
export type ReceivedAnswer = Omit<DeviceAnswer, 'checks'> & { checks: ReceivedCheck[]; receivedAt?: number };

/** `receivedAt` is absent for what came with its answer. */
export type ReceivedCheck = ShownCheck & { receivedAt?: number };

const PARAMETER = { deviceId: 'deviceId', unionId: 'deviceUnionId' } as const;

/**
 * One device, asked through the proxied query. `insist` asks DingTalk even when a fresh answer is at hand: one call.
 * `reader` is whom the answer was concealed for: another person in the same tab starts with nothing.
 */
export function deviceQuery(reader: Reader, ref: DeviceRef, insist = false) {
  const question = new URLSearchParams({ [PARAMETER[ref.by]]: ref.id });
  if (insist) question.set('fresh', 'true');
  return queryOptions({
    queryKey: ['device', reader.key, ref.by, ref.id],
    queryFn: async ({ signal }): Promise<ReceivedAnswer> => {
      const answer = (await fetchJson(`/api/v1/devices/query?${question}`, signal)) as DeviceAnswer;
      return { ...answer, receivedAt: Date.now() };
    },
  });
}

/** DingTalk's own answer, secrets masked; read when somebody opens it. */
export function rawAnswerQuery(reader: Reader, ref: DeviceRef, observedAt: string) {
  const question = new URLSearchParams({ [PARAMETER[ref.by]]: ref.id });
  return queryOptions({
    queryKey: ['raw-answer', reader.key, ref.by, ref.id, observedAt],
    queryFn: async ({ signal }) =>
      (await fetchJson(`/api/v1/devices/raw?${question}`, signal)) as { observedAt: string; raw: unknown },
  });
}
