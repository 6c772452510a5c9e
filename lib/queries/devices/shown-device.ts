import type { QueryClient } from '@tanstack/react-query';
import type { DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';
import type { ReceivedAnswer } from './device.ts';

/**
 * Brings the newer reading of a device to the pages that show it, from the desk's own record: DingTalk is not asked.
 * A page that is asking by itself is left alone.
 */
export async function refreshShownDevice(
  client: QueryClient,
  reader: Reader,
  deviceId: string,
): Promise<void> {
  const shown = client.getQueryCache().findAll({ queryKey: ['device', reader.key], type: 'active' });
  const concerned = shown.filter(({ queryKey: [, , by, id], state }) => {
    const answer = state.data as ReceivedAnswer | undefined;
    return (
      state.fetchStatus === 'idle' &&
      (answer?.device.deviceId === deviceId || (by === 'deviceId' && id === deviceId))
    );
  });
  if (concerned.length === 0) return;
  const path = `/api/v1/devices/${encodeURIComponent(deviceId)}`;
  const known = (await fetchJson(path, new AbortController().signal)) as DeviceAnswer;
  const now = Date.now();
  for (const query of concerned) {
    const answer = query.state.data as ReceivedAnswer | undefined;
    if (query.state.fetchStatus !== 'idle' || (answer && !isNews(answer, known))) continue;
    client.setQueryData(query.queryKey, { ...known, receivedAt: now }, { updatedAt: now - known.ageMs });
  }
}

/** The same for every device that a page shows. */
export async function refreshShownDevices(client: QueryClient, reader: Reader): Promise<void> {
  const shown = client.getQueryCache().findAll({ queryKey: ['device', reader.key], type: 'active' });
  const ids = shown.map(({ state }) => (state.data as ReceivedAnswer | undefined)?.device.deviceId);
  for (const id of new Set(ids)) if (id) await refreshShownDevice(client, reader, id);
}

/** Whether an answer says something that the one shown does not: of the device, or of what people in its room told. */
function isNews(shown: ReceivedAnswer, known: DeviceAnswer): boolean {
  const [before, after] = [newsOf(shown), newsOf(known)];
  return after > before || (after === before && besideOf(known) !== besideOf(shown));
}

/** When an answer last learnt something, from a reading or from an event since. */
const newsOf = ({ observedAt, overrides }: Pick<DeviceAnswer, 'observedAt' | 'overrides'>) =>
  overrides[0]?.at ?? observedAt;

/** What changes without new data: answers from the room, and whether the status still holds. */
const besideOf = ({ checks, device }: Pick<DeviceAnswer, 'checks' | 'device'>) =>
  [device.status.current, ...checks.map(({ step, answer, at }) => `${step} ${answer} ${at}`)].join();
