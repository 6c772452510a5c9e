import type { QueryClient } from '@tanstack/react-query';
import type { ShownCheck } from '#lib/api/notes/note-answers.ts';
import { type DeviceRef, devicePath } from '#lib/domain/devices/device-ref.ts';
import type { CheckAnswer, CheckStep } from '#lib/domain/notes/check.ts';
import { deviceQuery, type ReceivedAnswer } from '#lib/queries/devices/device.ts';
import { sendJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

/** One more answer of somebody in the room; null takes the last one back. */
export type CheckChange = { step: CheckStep; answer: CheckAnswer | null };

/** Tells the desk, and answers what stands now. */
export async function sendCheck(deviceId: string, { step, answer }: CheckChange): Promise<ShownCheck[]> {
  const path = `/api/v1/devices/${encodeURIComponent(deviceId)}/checklist`;
  const overrides =
    answer === null
      ? await sendJson('DELETE', `${path}?${new URLSearchParams({ step })}`)
      : await sendJson('POST', path, { step, answer });
  return (overrides as { checks: ShownCheck[] }).checks;
}

/** Puts what stands now into the answer that pages of this reader show; its own age stays what it was. */
export function showChecks(client: QueryClient, reader: Reader, ref: DeviceRef, checks: ShownCheck[]): void {
  const { queryKey } = deviceQuery(reader, ref);
  const receivedAt = Date.now();
  client.setQueryData(
    queryKey,
    (shown): ReceivedAnswer | undefined =>
      shown && { ...shown, checks: checks.map((check) => ({ ...check, receivedAt })) },
    { updatedAt: client.getQueryState(queryKey)?.dataUpdatedAt },
  );
}

/** Where somebody in the room is asked about a device. */
export const checklistPath = (deviceId: string): string =>
  `${devicePath({ by: 'deviceId', id: deviceId })}/checklist`;
