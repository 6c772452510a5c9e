import { z } from 'zod';
import type { ReceivedEvent } from '#lib/domain/device-event.ts';
import { isRecord, parseJson } from './json.ts';

/** What DingTalk sends down a stream. `other` is whatever takes an answer and means nothing here. */
export type StreamFrame =
  | { kind: 'event'; messageId: string; event: ReceivedEvent }
  | { kind: 'ping'; messageId: string; opaque: unknown }
  | { kind: 'disconnect' }
  | { kind: 'note' }
  | { kind: 'other'; messageId: string };

const text = z.union([z.string(), z.number()]).transform(String);
const HEADERS = z.object({
  topic: text.default(''),
  messageId: text.default(''),
  eventType: text.optional(),
  eventId: text.optional(),
  eventBornTime: z.coerce.number().int().positive().optional().catch(undefined),
});
// One official sample spells it "header".
const any = z.unknown().optional();
const FRAME = z.object({ type: z.string(), headers: any, header: any, data: any });

/** Reads a frame; null for what is none. (PEDIA: docs/learn/stream/protocol.md) */
export function readFrame(raw: string): StreamFrame | null {
  const frame = FRAME.safeParse(parseJson(raw));
  if (!frame.success) return null;
  const headers = HEADERS.safeParse(frame.data.headers ?? frame.data.header);
  if (!headers.success) return null;
  const { topic, messageId, eventType, eventId, eventBornTime } = headers.data;
  const data = typeof frame.data.data === 'string' ? parseJson(frame.data.data) : frame.data.data;
  if (frame.data.type === 'SYSTEM') {
    if (topic === 'ping') return { kind: 'ping', messageId, opaque: isRecord(data) ? data.opaque : null };
    // CONNECTED, REGISTERED and KEEPALIVE come too; nobody waits for an answer to them.
    return topic === 'disconnect' ? { kind: 'disconnect' } : { kind: 'note' };
  }
  if (frame.data.type !== 'EVENT' || !eventType) return messageId ? { kind: 'other', messageId } : null;
  return {
    kind: 'event',
    messageId,
    event: {
      eventId: eventId ?? messageId,
      type: eventType,
      bornAt: eventBornTime ?? null,
      body: isRecord(data) ? data : { data },
    },
  };
}

/** An answer to a frame; `data` is JSON in a text. */
export function answerTo(messageId: string, data: object): string {
  const headers = { messageId, contentType: 'application/json' };
  return JSON.stringify({ code: 200, message: 'OK', headers, data: JSON.stringify(data) });
}
