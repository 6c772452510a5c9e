import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from '#lib/dingtalk/testing/callback-vectors.json';
import { createJumpingClock } from '#lib/dingtalk/testing/jumping-clock.ts';
import { officialCallback, post, type Sealed } from '#lib/dingtalk/testing/official-callback.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { type Callback, createCallback } from './callback.ts';
import { CallbackRefused } from './callback-refused.ts';

const RUNS = fuzzRuns(2_000);
const FEWER = fuzzRuns(600);

const APP = {
  token: 'simulator',
  aesKey: 'abcdefghijABCDEFGHIJ0123456789abcdefghijABC',
  owner: 'dingclient',
};
const clock = createJumpingClock();
const NOW = clock.now();
const callback = createCallback({ ...APP, clientId: APP.owner, clock, bytes: randomBytes });
const MESSAGE = JSON.stringify({ EventType: 'thing', eventId: 'e', deviceId: '1234', text: '会议室' });
const good = officialCallback(APP).seal(MESSAGE, String(NOW));

const letters = fc.string({
  unit: fc.constantFrom(...'abcxyzABCXYZ0189'),
  minLength: 43,
  maxLength: 43,
});
const part = fc.constantFrom<keyof Sealed>('signature', 'timestamp', 'nonce', 'encrypt');

/** A sealed callback with one of its parts flipped, cut, grown or replaced. */
function disturbed(sealed: Sealed): fc.Arbitrary<Sealed> {
  const change = (how: (value: string, at: number, bit: number) => string) =>
    fc.tuple(part, fc.nat(), fc.nat({ max: 7 })).map(([name, at, bit]) => {
      const value = sealed[name];
      return { ...sealed, [name]: how(value, at % value.length, bit) };
    });
  const flipped = change((value, at, bit) => {
    const bytes = Buffer.from(value, 'latin1');
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    return bytes.toString('latin1');
  });
  const cut = change((value, at) => value.slice(0, at));
  const grown = change((value, at, bit) => value.slice(0, at) + bit + value.slice(at));
  const replaced = fc
    .tuple(part, fc.string({ unit: 'binary' }))
    .filter(([name, value]) => value !== sealed[name])
    .map(([name, value]) => ({ ...sealed, [name]: value }));
  return fc.oneof(flipped, cut, grown, replaced);
}

const foreign = fc
  .oneof(
    letters.map((aesKey) => ({ aesKey })),
    fc.string({ minLength: 1 }).map((token) => ({ token })),
    fc.string().map((owner) => ({ owner })),
  )
  .filter((other) => !Object.entries(other).some(([name, value]) => Reflect.get(APP, name) === value))
  .map((other) => officialCallback({ ...APP, ...other }).seal(MESSAGE, String(NOW)));
const late = fc
  .oneof(fc.integer({ min: 600_001, max: 1e12 }), fc.integer({ min: -1e12, max: -300_001 }))
  .map((age) => officialCallback(APP).seal(MESSAGE, String(NOW - age)));

/** Ciphertext that a holder of the token without the key changed and signed again. */
const resigned = fc.tuple(fc.nat(), fc.nat({ max: 7 }), fc.nat({ max: 20 })).map(([at, bit, dropped]) => {
  const bytes = Buffer.from(good.encrypt, 'base64');
  const shorter = bytes.subarray(0, bytes.length - dropped);
  // A bit in the first block changes random bytes alone, which nothing protects but the signature.
  const spot = 16 + (at % (shorter.length - 16));
  shorter[spot] = (shorter[spot] ?? 0) ^ (1 << bit);
  return officialCallback(APP).sign({ ...good, encrypt: shorter.toString('base64') });
});

function outcome(sealed: Sealed, reader: Callback = callback): string {
  try {
    return reader.open(post(sealed)).kind;
  } catch (thrown) {
    if (thrown instanceof CallbackRefused) return thrown.reason;
    throw thrown;
  }
}

test('the unchanged callback of these mutations is accepted', () => {
  expect(outcome(good)).toBe('event');
});

test('no changed, cut, foreign or late callback is accepted, and none crashes the reader', () => {
  fc.assert(
    fc.property(fc.oneof(disturbed(good), foreign, late), (sealed) => {
      expect(outcome(sealed)).toMatch(/^(malformed|signature|too-old|owner|crypto)$/);
    }),
    { numRuns: RUNS },
  );
});

test('a message signed with the token but without the key crashes nothing and is no handshake', () => {
  fc.assert(
    fc.property(resigned, (sealed) => {
      expect(outcome(sealed)).not.toBe('check');
    }),
    { numRuns: FEWER },
  );
});

test('no body or query of any kind crashes the reader', () => {
  const query = fc.dictionary(
    fc.constantFrom('msg_signature', 'signature', 'timestamp', 'timeStamp', 'nonce'),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(query, fc.anything(), (names, body) => {
      const params = new URLSearchParams(names);
      expect(() => callback.open({ query: params, body })).toThrow(CallbackRefused);
    }),
    { numRuns: FEWER },
  );
});

describe.each(vectors)('of the official vector $name', (vector) => {
  const sealed: Sealed = { ...vector, signature: vector.msgSignature };
  const at = Number(vector.timestamp.padEnd(13, '0'));
  const theirs = createCallback({
    token: vector.token,
    aesKey: vector.aesKey,
    clientId: vector.owner,
    bytes: randomBytes,
    clock: { ...clock, now: () => at },
  });

  test('only the original is accepted', () => {
    // The second vector is a reply, which Rooms Desk never receives.
    expect(outcome(sealed, theirs)).toBe(vector.plaintext === 'success' ? 'malformed' : 'check');
    fc.assert(
      fc.property(disturbed(sealed), (changed) => {
        expect(outcome(changed, theirs)).toMatch(/^(malformed|signature|too-old|owner|crypto)$/);
      }),
      { numRuns: FEWER },
    );
  });
});
