import type { ReceivedEvent } from '#lib/domain/device-event.ts';
import { plainText } from './plain-text.ts';
import { word } from './upstream-said.ts';

/** The organisation that an event names: `CorpId` of a callback, `eventCorpId` of a frame (DingTalk docs: configure-stream-push). */
export function readCorpId(said: unknown): Pick<ReceivedEvent, 'corpId'> {
  const corpId = word(said);
  return corpId === null ? {} : { corpId: plainText(corpId) };
}
