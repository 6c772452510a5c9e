import { word } from '#lib/dingtalk/client/upstream-said.ts';
import { readCorpId } from '#lib/dingtalk/diagnostics/read-corp-id.ts';
import { eventId } from '#lib/dingtalk/events/event-id.ts';
import { isRecord, parseJson } from '#lib/dingtalk/transport/json.ts';
import { readMoment } from '#lib/dingtalk/transport/moment.ts';
import { plainText } from '#lib/dingtalk/transport/plain-text.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';

/** One frame from DingTalk. `messageId` is what an answer names; without one there is no answering. */
export type Frame =
  | { kind: 'event'; messageId: string | null; event: ReceivedEvent }
  /** `data` is what the answer must hold again. */
  | { kind: 'ping'; messageId: string | null; data: string }
  /** DingTalk is about to close this connection. */
  | { kind: 'leave' }
  /** CONNECTED, REGISTERED, KEEPALIVE and other news of the system, which nobody answers. */
  | { kind: 'note' }
  /** Not asked for, such as CALLBACK. */
  | { kind: 'other'; messageId: string | null };

/**
 * Reads a frame; null when it is none. The sample of the documentation spells `headers` without its `s` once, and times
 * are texts. An event whose data is no JSON object is an event all the same, its data kept as `data`, so that it is
 * seen rather than lost. (DingTalk developerpedia: learn/stream/protocol)
 */
export function readFrame(bytes: Uint8Array): Frame | null {
  const frame = parseJson(decode(bytes));
  if (!isRecord(frame) || typeof frame.type !== 'string') return null;
  const named = isRecord(frame.headers) ? frame.headers : frame.header;
  const headers = isRecord(named) ? named : {};
  const messageId = typeof headers.messageId === 'string' ? headers.messageId : null;
  const data = typeof frame.data === 'string' ? frame.data : (JSON.stringify(frame.data) ?? '');
  if (frame.type === 'EVENT') return { kind: 'event', messageId, event: readEvent(headers, data) };
  if (frame.type !== 'SYSTEM') return { kind: 'other', messageId };
  if (headers.topic === 'ping') return { kind: 'ping', messageId, data };
  return { kind: headers.topic === 'disconnect' ? 'leave' : 'note' };
}

/** The text of an answer to a frame. */
export function answerFrame(messageId: string, data: string): string {
  const headers = { messageId, contentType: 'application/json' };
  return JSON.stringify({ code: 200, message: 'OK', headers, data });
}

/** What the answer to an event holds; after LATER DingTalk sends it again. */
export function eventStatus(status: 'SUCCESS' | 'LATER'): string {
  return JSON.stringify({ status, message: status === 'SUCCESS' ? 'kept' : 'not now' });
}

function readEvent(headers: Record<string, unknown>, data: string): ReceivedEvent {
  const body = parseJson(data);
  return {
    eventId: eventId([headers.eventId], data),
    type: plainText(word(headers.eventType) ?? 'unknown'),
    bornAt: readMoment(headers.eventBornTime),
    ...readCorpId(headers.eventCorpId),
    body: isRecord(body) ? body : { data: body ?? data },
  };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}
