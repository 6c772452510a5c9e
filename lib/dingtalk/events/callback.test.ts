import { createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import vectors from '#lib/dingtalk/testing/callback-vectors.json';
import { createJumpingClock } from '#lib/dingtalk/testing/jumping-clock.ts';
import { type Inside, officialCallback, post } from '#lib/dingtalk/testing/official-callback.ts';
import { createCallback, MOST_AGE_MS, MOST_AHEAD_MS } from './callback.ts';
import { CallbackRefused } from './callback-refused.ts';

const APP = {
  token: 'simulator',
  aesKey: 'abcdefghijABCDEFGHIJ0123456789abcdefghijABC',
  owner: 'dingclient',
};
const clock = createJumpingClock();
const NOW = clock.now();
const official = officialCallback(APP);
const callbackOf = (app: typeof APP, now = NOW, bytes: (size: number) => Buffer = randomBytes) =>
  createCallback({ ...app, clientId: app.owner, clock: { ...clock, now: () => now }, bytes });
const callback = callbackOf(APP);

const open = (message: string | Buffer, spoil: Partial<Inside> = {}) =>
  callback.open(post(official.seal(message, String(NOW), spoil)));
const event = (said: Record<string, unknown>) => {
  const opened = open(JSON.stringify({ EventType: 'thing', ...said }));
  return opened.kind === 'event' ? opened.event : expect.fail('no event');
};

/** Why it was refused; whatever else is thrown fails the test. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(CallbackRefused);
    return (thrown as CallbackRefused).reason;
  }
  return 'taken';
}

describe.each(vectors)('the official vector $name', (vector) => {
  const at = Number(vector.timestamp.padEnd(13, '0'));
  const sealed = { ...vector, signature: vector.msgSignature };

  test('is opened, with either spelling of the query', () => {
    const theirs = callbackOf(vector, at);
    const query = { signature: vector.msgSignature, timeStamp: vector.timestamp, nonce: vector.nonce };
    const read = (params: URLSearchParams) => () =>
      theirs.open({ query: params, body: { encrypt: vector.encrypt } });
    for (const params of [post(sealed).query, new URLSearchParams(query)]) {
      // The second vector is a reply, which Rooms Desk never receives.
      if (vector.plaintext === 'success') expect(refusal(read(params))).toBe('malformed');
      else expect(read(params)()).toEqual({ kind: 'check' });
    }
  });

  test('is refused an hour later', () => {
    expect(refusal(() => callbackOf(vector, at + 3_600_000).open(post(sealed)))).toBe('too-old');
  });
});

describe('the reply', () => {
  test('is opened by the official decryptor', () => {
    for (let round = 0; round < 100; round += 1) {
      const { msg_signature, timeStamp, nonce, encrypt } = callback.reply();
      const sealed = { signature: msg_signature, timestamp: timeStamp, nonce, encrypt };
      expect(official.open(sealed)).toBe('success');
      expect(timeStamp).toBe(String(NOW));
    }
  });

  test('equals the official sample to the letter, given the same random bytes', () => {
    const vector = vectors.find(({ plaintext }) => plaintext === 'success')!;
    const key = Buffer.from(`${vector.aesKey}=`, 'base64');
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const random = decipher.update(vector.encrypt, 'base64').subarray(0, 16);
    expect(callbackOf(vector, NOW, (size) => random.subarray(0, size)).reply().encrypt).toBe(vector.encrypt);
  });
});

describe('a callback', () => {
  test('becomes an event with its business fields', () => {
    const said = { EventTime: NOW - 5, CorpId: 'ding', BizId: 'b', eventId: 'e', deviceId: '1', corpId: 'c' };
    expect(event(said)).toEqual({
      eventId: 'e',
      type: 'thing',
      bornAt: NOW - 5,
      corpId: 'ding',
      body: { deviceId: '1', corpId: 'c' },
    });
  });

  test('is identified by its event ID, else its business ID, else its content', () => {
    expect(event({ EventId: 7, BizId: 'b' }).eventId).toBe('7');
    expect(event({ eventId: '', BizId: 'b' }).eventId).toBe('b');
    const text = '{"EventType":"thing"}';
    expect(event({}).eventId).toBe(createHash('sha256').update(text).digest('hex'));
    expect(event({ eventId: 'x'.repeat(129) }).eventId).toMatch(/^[0-9a-f]{64}$/);
    expect(event({ eventId: 'a\0\ud800' }).eventId).toBe('a\ufffd\ufffd');
  });

  test.each([
    [String(NOW), NOW],
    ['soon', null],
    [-1, null],
    [NOW / 1000, null],
    [null, null],
  ])('with the time %s is read as %s', (EventTime, bornAt) => {
    expect(event({ EventTime }).bornAt).toBe(bornAt);
  });

  test('whose type begins with check_ is a handshake', () => {
    expect(open('{"EventType":"check_update_suite_url"}')).toEqual({ kind: 'check' });
  });

  test.each([
    [MOST_AGE_MS, 'taken'],
    [MOST_AGE_MS + 1, 'too-old'],
    [-MOST_AHEAD_MS, 'taken'],
    [-MOST_AHEAD_MS - 1, 'too-old'],
  ])('%i ms old is %s', (age, outcome) => {
    const sealed = official.seal('{"EventType":"thing"}', String(NOW - age));
    expect(refusal(() => callback.open(post(sealed)))).toBe(outcome);
  });

  test('may be signed in whole seconds or in milliseconds', () => {
    const signedAt = (timestamp: string) => () =>
      callback.open(post(official.seal('{"EventType":"thing"}', timestamp)));
    expect(refusal(signedAt(String(NOW / 1000)))).toBe('taken');
    for (const odd of [`${NOW}0`, '', 'now', `-${NOW}`, `${NOW}.5`, String(NOW).slice(0, 12)]) {
      expect(refusal(signedAt(odd))).toBe('malformed');
    }
  });

  test.each<[string, Partial<Inside>, string]>([
    ['a pad of no bytes', { padding: Buffer.alloc(13) }, 'crypto'],
    ['a pad of 33', { declared: 1, message: Buffer.alloc(1), padding: Buffer.alloc(33, 33) }, 'crypto'],
    ['a pad with one odd byte', { padding: Buffer.from([9, ...Buffer.alloc(12, 13)]) }, 'crypto'],
    ['a length beyond the end', { declared: 60 }, 'crypto'],
    ['a length of four billion', { declared: 0xffffffff }, 'crypto'],
    ['a length a byte short', { declared: 20 }, 'owner'],
    ['another owner', { owner: 'dingother1' }, 'owner'],
    ['bytes that are no UTF-8', { message: Buffer.alloc(21, 0xff) }, 'malformed'],
  ])('with %s is refused', (_, spoil, reason) => {
    expect(refusal(() => open('{"EventType":"thing"}', spoil))).toBe(reason);
  });

  test('that holds no JSON object with a type is refused', () => {
    for (const text of ['', 'success', '[]', 'null', '7', '{}', '{"EventType":{}}', '['.repeat(100_000)]) {
      expect(refusal(() => open(text))).toBe('malformed');
    }
  });

  test('that lacks a part is refused before anything is compared', () => {
    const whole = post(official.seal('{"EventType":"thing"}', String(NOW)));
    for (const name of ['msg_signature', 'timestamp', 'nonce']) {
      const query = new URLSearchParams(whole.query);
      query.delete(name);
      expect(refusal(() => callback.open({ ...whole, query }))).toBe('malformed');
    }
    for (const body of [null, undefined, 'x', [], {}, { encrypt: 7 }]) {
      expect(refusal(() => callback.open({ ...whole, body }))).toBe('malformed');
    }
  });

  test.each([
    ['the official Python code writes', (text: string) => text.replace(/.{1,76}/g, '$&\n')],
    ['MIME writes', (text: string) => text.replace(/.{1,76}/g, '$&\r\n').trimEnd()],
  ])('whose base64 has line breaks as %s is opened, with its signature checked as sent', (_, wrap) => {
    const long = JSON.stringify({ EventType: 'thing', eventId: 'wrapped', text: 'x'.repeat(200) });
    const sealed = official.seal(long, String(NOW));
    const wrapped = wrap(sealed.encrypt);
    expect(wrapped.split('\n').length).toBeGreaterThan(4);
    expect(callback.open(post(official.sign({ ...sealed, encrypt: wrapped })))).toMatchObject({
      kind: 'event',
      event: { eventId: 'wrapped' },
    });
    // The line breaks are part of what is signed.
    expect(refusal(() => callback.open(post({ ...sealed, encrypt: wrapped })))).toBe('signature');
  });

  test('that is signed but not encrypted is refused', () => {
    for (const encrypt of [
      '',
      '\n',
      '====',
      'QUJD QUJD',
      'not base64!',
      'QUJD',
      `${'A'.repeat(43)}=`,
      'A'.repeat(64),
    ]) {
      const sealed = official.sign({ timestamp: String(NOW), nonce: 'n', encrypt });
      expect(refusal(() => callback.open(post(sealed)))).toMatch(/crypto|owner/);
    }
  });
});

test('an invalid key is detected immediately', () => {
  expect(() => callbackOf({ ...APP, aesKey: 'short' })).toThrow(TypeError);
});
