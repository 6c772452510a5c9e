import { word } from '#lib/dingtalk/client/upstream-said.ts';
import { plainText } from '#lib/dingtalk/transport/plain-text.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';

/** The organisation that an event names: `CorpId` of a callback, `eventCorpId` of a frame (DingTalk docs: configure-stream-push). */
export function readCorpId(said: unknown): Pick<ReceivedEvent, 'corpId'> {
  const corpId = word(said);
  return corpId === null ? {} : { corpId: plainText(corpId) };
}
