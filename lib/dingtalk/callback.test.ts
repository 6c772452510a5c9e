import { createDecipheriv, createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/domain/errors.ts';
import { type Callback, createCallback, type Reply } from './callback.ts';
import { keyOf, seal, signatureOf, unseal } from './callback-crypto.ts';
import vectors from './testing/callback-vectors.json' with { type: 'json' };

const NOW = Date.UTC(2026, 10, 24, 12);
const TOKEN = 'simulator';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const CLIENT = 'dingsimulator';
const clock = { now: () => NOW };
const callback = createCallback({ token: TOKEN, aesKey: AES_KEY, clientId: CLIENT, clock });

type Given = { message?: string; token?: string; owner?: string; aesKey?: string; timestamp?: string };

function posted({
  message,
  token = TOKEN,
  owner = CLIENT,
  aesKey = AES_KEY,
  timestamp = String(NOW),
}: Given = {}) {
  const encrypt = seal(keyOf(aesKey), message ?? '{"EventType":"a_type","eventId":"1","x":"y"}', owner);
  const query = new URLSearchParams({ timestamp, nonce: 'n' });
  query.set('msg_signature', signatureOf([token, timestamp, 'n', encrypt]));
  return { query, body: { encrypt } };
}

const outcome = (what: Parameters<Callback['open']>[0], by = callback) => {
  try {
    return by.open(what).kind;
  } catch (error) {
    if (error instanceof AppError) return String(error.cause);
    throw error;
  }
};

/** As DingTalk's own library opens a reply: signature, AES-256-CBC, pad, salt, length, text, owner. */
function officialOpens({ msg_signature, timeStamp, nonce, encrypt }: Reply): string {
  const parts = [TOKEN, timeStamp, nonce, encrypt].sort().join('');
  expect(createHash('sha1').update(parts, 'utf8').digest('hex')).toBe(msg_signature);
  const key = Buffer.from(`${AES_KEY}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  let plain = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()]);
  const pad = plain[plain.length - 1] ?? 0;
  expect(plain.length % 32).toBe(0);
  plain = plain.subarray(0, plain.length - pad);
  const length = plain.readInt32BE(16);
  expect(plain.subarray(20 + length).toString()).toBe(CLIENT);
  return plain.subarray(20, 20 + length).toString();
}

describe('the vectors that DingTalk has published', () => {
  test.each(vectors)(
    '$name',
    ({ token, aesKey, owner, timestamp, nonce, msgSignature, encrypt, plaintext }) => {
      expect(signatureOf([token, timestamp, nonce, encrypt])).toBe(msgSignature);
      const opened = unseal(keyOf(aesKey), encrypt);
      expect(opened?.message.toString()).toBe(plaintext);
      expect(opened?.owner).toBe(owner);
      const milliseconds = Number(timestamp) * (timestamp.length < 12 ? 1000 : 1);
      const door = createCallback({ token, aesKey, clientId: owner, clock: { now: () => milliseconds } });
      const query = new URLSearchParams({ timestamp, nonce, msg_signature: msgSignature });
      expect(outcome({ query, body: { encrypt } }, door)).toBe(
        plaintext.startsWith('{') ? 'check' : 'malformed',
      );
    },
  );
});

test('an event is opened with its id, its time and its business fields', () => {
  const message = {
    EventType: 'a_type',
    eventId: 'e1',
    BizId: 'b',
    CorpId: 'c',
    EventTime: '1700000000000',
    a: [1],
  };
  expect(callback.open(posted({ message: JSON.stringify(message) }))).toEqual({
    kind: 'event',
    event: { eventId: 'e1', type: 'a_type', bornAt: 1_700_000_000_000, body: { a: [1] } },
  });
});

test('an event without an id is known by its BizId, else by what it says', () => {
  const idOf = (message: object) => {
    const opened = callback.open(posted({ message: JSON.stringify({ EventType: 't', ...message }) }));
    return opened.kind === 'event' ? opened.event.eventId : null;
  };
  expect(idOf({ BizId: 'b' })).toBe('b');
  expect(idOf({ a: 1 })).toMatch(/^[0-9a-f]{64}$/);
  expect(idOf({ a: 1 })).toBe(idOf({ a: 1 }));
  expect(idOf({ a: 1 })).not.toBe(idOf({ a: 2 }));
});

test('both spellings of the query are read, and seconds as well as milliseconds', () => {
  const { query, body } = posted();
  const other = new URLSearchParams({
    signature: query.get('msg_signature') ?? '',
    timeStamp: query.get('timestamp') ?? '',
    nonce: 'n',
  });
  expect(outcome({ query: other, body })).toBe('event');
  expect(outcome(posted({ timestamp: String(NOW / 1000) }))).toBe('event');
});

test('whatever is not for us, not from DingTalk or not from now is refused', () => {
  expect(outcome(posted({ token: 'another' }))).toBe('signature');
  expect(outcome(posted({ owner: 'dingsomebody' }))).toBe('owner');
  expect(outcome(posted({ aesKey: AES_KEY.replace('a', 'b') }))).toMatch(/sealed-wrong|owner/);
  expect(outcome(posted({ timestamp: String(NOW - 11 * 60_000) }))).toBe('too-old');
  expect(outcome(posted({ timestamp: String(NOW + 6 * 60_000) }))).toBe('too-old');
  expect(outcome(posted({ message: '[1]' }))).toBe('malformed');
  expect(outcome(posted({ message: 'not json' }))).toBe('malformed');
  expect(outcome(posted({ message: '{"eventId":"1"}' }))).toBe('malformed');
  expect(outcome({ query: new URLSearchParams(), body: posted().body })).toBe('malformed');
  for (const body of [null, [], {}, { encrypt: 1 }, { encrypt: '' }]) {
    expect(outcome({ query: posted().query, body })).toBe('malformed');
  }
});

test('DingTalk’s own way of opening accepts our reply', () => {
  for (let round = 0; round < 50; round++) expect(officialOpens(callback.reply())).toBe('success');
});

test('ten thousand altered callbacks change nothing and break nothing', () => {
  const { query, body } = posted();
  const names = ['msg_signature', 'timestamp', 'nonce', 'encrypt'] as const;
  const alteration = fc.record({
    where: fc.constantFrom(...names),
    at: fc.nat(200),
    to: fc.string({ minLength: 0, maxLength: 3 }),
    cut: fc.nat(5),
  });
  fc.assert(
    fc.property(alteration, ({ where, at, to, cut }) => {
      const before = where === 'encrypt' ? body.encrypt : (query.get(where) ?? '');
      const place = at % before.length;
      const after = before.slice(0, place) + to + before.slice(place + cut);
      if (after.toLowerCase() === before.toLowerCase()) return;
      const altered = new URLSearchParams(query);
      if (where !== 'encrypt') altered.set(where, after);
      const result = outcome({ query: altered, body: where === 'encrypt' ? { encrypt: after } : body });
      expect(result).toMatch(/^(malformed|signature)$/);
    }),
    { numRuns: 10_000 },
  );
});

test('a right signature over wrong bytes is still refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 96 }), (bytes) => {
      const encrypt = Buffer.from(bytes).toString('base64');
      const query = new URLSearchParams({ timestamp: String(NOW), nonce: 'n' });
      query.set('msg_signature', signatureOf([TOKEN, String(NOW), 'n', encrypt]));
      expect(outcome({ query, body: { encrypt } })).toMatch(/^(malformed|sealed-wrong|owner)$/);
    }),
    { numRuns: 2_000 },
  );
});
