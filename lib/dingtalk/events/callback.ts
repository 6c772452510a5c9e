import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { word } from '#lib/dingtalk/client/upstream-said.ts';
import { readCorpId } from '#lib/dingtalk/diagnostics/read-corp-id.ts';
import { isRecord, parseJson } from '#lib/dingtalk/transport/json.ts';
import { readMoment } from '#lib/dingtalk/transport/moment.ts';
import { plainText } from '#lib/dingtalk/transport/plain-text.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';
import { createCallbackCipher } from './callback-cipher.ts';
import { CallbackRefused } from './callback-refused.ts';
import { eventId } from './event-id.ts';

/**
 * DingTalk repeats after 10 and 30 seconds (DingTalk docs: obtain-the-event-list-of-failed-push-messages), by older
 * notes up to 120 seconds later; the rest is for clocks that differ. What is older is somebody's recording.
 */
export const MOST_AGE_MS = 10 * 60_000;

/** For a clock of ours that is slow; DingTalk never signs ahead. */
export const MOST_AHEAD_MS = 5 * 60_000;

const COMMON = new Set(['EventType', 'EventTime', 'CorpId', 'BizId', 'eventId', 'EventId']);

/** What a callback said: the test of an address (`check`), or something that happened. */
export type Opened = { kind: 'check' } | { kind: 'event'; event: ReceivedEvent };

/** The answer that DingTalk takes for a receipt, as JSON; `timeStamp` really has a capital S. */
export type CallbackReply = { msg_signature: string; timeStamp: string; nonce: string; encrypt: string };

export type Callback = {
  /** What was posted to us. `body` is the JSON of the post. Throws CallbackRefused and nothing else. */
  open(post: { query: { get(name: string): string | null }; body: unknown }): Opened;
  /** The encrypted `success`, due within 2.5 seconds of the post, handshake included. */
  reply(): CallbackReply;
};

type Options = {
  token: string;
  /** 43 letters and digits; anything else throws a TypeError at once. */
  aesKey: string;
  clientId: string;
  clock: Clock;
  /** Random bytes, fit for cryptography. */
  bytes: (size: number) => Buffer;
};

/** DingTalk's HTTP callback. (DingTalk docs: configure-stream-push; open-dingtalk/DingTalk-Callback-Crypto) */
export function createCallback({ token, aesKey, clientId, clock, bytes }: Options): Callback {
  const cipher = createCallbackCipher(aesKey, clientId, bytes);
  const sign = (timestamp: string, nonce: string, encrypt: string) =>
    createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex');
  return {
    open({ query, body }) {
      const signature = query.get('msg_signature') ?? query.get('signature');
      const timestamp = query.get('timestamp') ?? query.get('timeStamp');
      const nonce = query.get('nonce');
      const encrypt = isRecord(body) ? body.encrypt : null;
      if (signature === null || timestamp === null || nonce === null || typeof encrypt !== 'string') {
        throw new CallbackRefused('malformed');
      }
      if (!isSame(signature, sign(timestamp, nonce, encrypt))) throw new CallbackRefused('signature');
      checkAge(timestamp, clock.now());
      return readPlain(cipher.open(encrypt));
    },
    reply() {
      const timeStamp = String(clock.now());
      const nonce = bytes(8).toString('hex');
      const encrypt = cipher.seal('success');
      return { msg_signature: sign(timeStamp, nonce, encrypt), timeStamp, nonce, encrypt };
    },
  };
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

// Signed text has no separators, so digits could be moved between a timestamp and its neighbour without the signature
// noticing. Exactly 10 digits (seconds) or 13 (milliseconds) leave no other time to be made that way.
function checkAge(timestamp: string, now: number): void {
  if (!/^(\d{10}|\d{13})$/.test(timestamp)) throw new CallbackRefused('malformed');
  const at = Number(timestamp) * (timestamp.length === 10 ? 1_000 : 1);
  if (now - at > MOST_AGE_MS || at - now > MOST_AHEAD_MS) throw new CallbackRefused('too-old');
}

function readPlain(plain: Buffer): Opened {
  const said = parseJson(decode(plain));
  const type = isRecord(said) ? word(said.EventType) : null;
  if (!isRecord(said) || type === null) throw new CallbackRefused('malformed');
  if (type.startsWith('check_')) return { kind: 'check' };
  const event = {
    eventId: eventId([said.eventId, said.EventId, said.BizId], plain),
    type: plainText(type),
    bornAt: readMoment(said.EventTime),
    ...readCorpId(said.CorpId),
    body: Object.fromEntries(Object.entries(said).filter(([name]) => !COMMON.has(name))),
  };
  return { kind: 'event', event };
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CallbackRefused('malformed');
  }
}
