import 'server-only';
import { isUtf8 } from 'node:buffer';
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#lib/domain/clock.ts';
import type { ReceivedEvent } from '#lib/domain/device-event.ts';
import { AppError } from '#lib/domain/errors.ts';
import { keyOf, sameSignature, seal, signatureOf, unseal } from './callback-crypto.ts';
import { isRecord, parseJson } from './json.ts';

/** What was posted: the address's query and the body as JSON. */
export type Posted = { query: Pick<URLSearchParams, 'get'>; body: unknown };

/** What DingTalk wants to hear: `success`, sealed and signed. `timeStamp` is spelt so. */
export type Reply = { msg_signature: string; timeStamp: string; nonce: string; encrypt: string };

/** DingTalk's door: opens what it posts and answers it. */
export type Callback = {
  /**
   * Throws not-permitted.callback for whatever is not DingTalk's to us, now, and invalid-question.body for what is no
   * message, with a CallbackFault as the cause. Nothing is decrypted before its signature is right.
   */
  open(posted: Posted): { kind: 'check' } | { kind: 'event'; event: ReceivedEvent };
  reply(): Reply;
};

export type CallbackFault = 'malformed' | 'signature' | 'too-old' | 'sealed-wrong' | 'owner';

const refused = (fault: CallbackFault) =>
  new AppError(fault === 'malformed' ? 'invalid-question.body' : 'not-permitted.callback', { cause: fault });

/** It sends again after 10 and 30 s, older notes say up to 120 s; the rest is for clocks that differ. */
const OLDEST_MS = 10 * 60_000;
const AHEAD_MS = 5 * 60_000;
/** Seconds until the year 5138, milliseconds from 1973 on: DingTalk's own samples have both. */
const LEAST_MS = 1e11;

const sealed = z.object({ encrypt: z.string().min(1) });
const text = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1));

type Keys = { token: string; aesKey: string; clientId: string; clock: Pick<Clock, 'now'> };

/**
 * The protocol of DingTalk's encrypted callbacks for an internal app, whose owner key is its Client ID.
 * (open-dingtalk/DingTalk-Callback-Crypto; DOC:configure-stream-push)
 */
export function createCallback({ token, aesKey, clientId, clock }: Keys): Callback {
  const key = keyOf(aesKey);
  return {
    open({ query, body }) {
      const posted = sealed.safeParse(body);
      const one = (...names: string[]) => names.map((name) => query.get(name)).find((value) => value) ?? '';
      const signature = one('msg_signature', 'signature');
      const timestamp = one('timestamp', 'timeStamp');
      const nonce = one('nonce');
      if (!posted.success || !signature || !/^\d{9,15}$/.test(timestamp) || !nonce)
        throw refused('malformed');
      const { encrypt } = posted.data;
      if (!sameSignature(signatureOf([token, timestamp, nonce, encrypt]), signature.toLowerCase())) {
        throw refused('signature');
      }
      const age = clock.now() - inMs(Number(timestamp));
      if (age > OLDEST_MS || age < -AHEAD_MS) throw refused('too-old');
      const opened = unseal(key, encrypt);
      if (!opened) throw refused('sealed-wrong');
      if (opened.owner !== clientId) throw refused('owner');
      return readMessage(opened.message);
    },
    reply() {
      const [timeStamp, nonce] = [String(clock.now()), randomBytes(8).toString('hex')];
      const encrypt = seal(key, 'success', clientId);
      return { msg_signature: signatureOf([token, timeStamp, nonce, encrypt]), timeStamp, nonce, encrypt };
    },
  };
}

const inMs = (stamp: number) => (stamp < LEAST_MS ? stamp * 1000 : stamp);

const COMMON = new Set(['EventType', 'EventTime', 'CorpId', 'BizId', 'eventId', 'EventId']);

/** Business fields stand beside the common ones. (DOC2: events of meeting rooms, HTTP push) */
function readMessage(message: Buffer): ReturnType<Callback['open']> {
  const said = parse(message);
  const type = text.safeParse(said.EventType);
  if (!type.success) throw refused('malformed');
  if (type.data.startsWith('check_')) return { kind: 'check' };
  const named = [said.eventId, said.EventId, said.BizId].map((value) => text.safeParse(value)).find(isRead);
  const bornAt = Number(said.EventTime);
  return {
    kind: 'event',
    event: {
      eventId: named?.data ?? createHash('sha256').update(message).digest('hex'),
      type: type.data,
      bornAt: Number.isSafeInteger(bornAt) && bornAt > 0 ? inMs(bornAt) : null,
      body: Object.fromEntries(Object.entries(said).filter(([field]) => !COMMON.has(field))),
    },
  };
}

const isRead = <T>(parsed: { success: boolean; data?: T }): parsed is { success: true; data: T } =>
  parsed.success;

function parse(message: Buffer): Record<string, unknown> {
  const said = isUtf8(message) ? parseJson(message.toString('utf8')) : null;
  if (!isRecord(said)) throw refused('malformed');
  return said;
}
