import { type Body, freshId, type SimEvent } from './event.ts';
import { EVENT_APP } from './event-app.ts';

/** One official sample spells the key in the singular. */
export type HeaderKey = 'headers' | 'header';
export type Frame = { type: 'SYSTEM' | 'EVENT'; headers: Record<string, string>; data: string };

const common = (topic: string, messageId: string, now: number) => ({
  topic,
  messageId,
  contentType: 'application/json',
  time: String(now),
});

export const systemFrame = (topic: string, data: Body, now: number): Frame => ({
  type: 'SYSTEM',
  headers: common(topic, freshId(), now),
  data: JSON.stringify(data),
});

export const eventFrame = (event: SimEvent, messageId: string, now: number): Frame => ({
  type: 'EVENT',
  headers: {
    ...common('*', messageId, now),
    eventType: event.eventType,
    eventId: event.eventId,
    eventCorpId: event.corpId,
    eventBornTime: String(event.bornAt),
    eventUnifiedAppId: EVENT_APP.unifiedAppId,
  },
  data: JSON.stringify(event.body),
});

export const frameText = ({ type, headers, data }: Frame, key: HeaderKey): string =>
  JSON.stringify({ specVersion: '1.0', type, [key]: headers, data });

/** A client's answer: the message ID, the code, and the data as it was sent. */
export type Ack = { messageId: string; code: unknown; data: Body };

/** Undefined for anything but an answer to a message. */
export function readAck(text: string): Ack | undefined {
  try {
    const { code, headers, data } = JSON.parse(text) as Record<string, unknown>;
    const messageId = (headers as Body | undefined)?.messageId;
    if (typeof messageId !== 'string') return undefined;
    const parsed: unknown = typeof data === 'string' ? JSON.parse(data) : {};
    return { messageId, code, data: (typeof parsed === 'object' ? parsed : null) ?? {} } as Ack;
  } catch {
    return undefined;
  }
}

/** The bytes of a server's text frame, to send only a part of them. */
export function rawTextFrame(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8');
  const size = payload.length;
  if (size < 126) return Buffer.concat([Buffer.from([0x81, size]), payload]);
  const head = Buffer.alloc(4);
  head.writeUInt8(0x81, 0);
  head.writeUInt8(126, 1);
  head.writeUInt16BE(Math.min(size, 0xffff), 2);
  return Buffer.concat([head, payload.subarray(0, 0xffff)]);
}
