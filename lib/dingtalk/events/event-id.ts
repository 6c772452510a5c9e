import { createHash } from 'node:crypto';
import { word } from '#lib/dingtalk/client/upstream-said.ts';
import { plainText } from '#lib/dingtalk/transport/plain-text.ts';

/**
 * The id an event is known by: the first of these that is one, else a digest of what was sent, so that a repetition
 * without an id is still known as one. Longer than any id of DingTalk's (`word` would cut it) counts as none.
 */
export function eventId(candidates: unknown[], sent: string | Uint8Array): string {
  for (const candidate of candidates) {
    const id = word(candidate);
    if (id !== null && id.length === String(candidate).length) return plainText(id);
  }
  return createHash('sha256').update(sent).digest('hex');
}
