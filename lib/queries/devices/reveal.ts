import type { Revealed } from '#lib/api/devices/device-answers.ts';
import type { SecretName } from '#lib/domain/devices/reveal.ts';
import { sendJson } from '#lib/queries/fetch-json.ts';

/** Asks for one secret. Not a query: nothing of the answer is kept. */
export async function revealSecret(
  { ref, field, controller }: SecretName,
  reason: string,
): Promise<Revealed> {
  const named = ref.by === 'deviceId' ? { deviceId: ref.id } : { deviceUnionId: ref.id };
  const body = { ...named, field, ...(controller !== null && { controller }), reason };
  return (await sendJson('POST', '/api/v1/devices/reveal', body)) as Revealed;
}
