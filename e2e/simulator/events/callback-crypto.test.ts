import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { CallbackCrypto, type Sealed } from './callback-crypto.ts';
import { EVENT_APP } from './event-app.ts';

type Vector = Record<'name' | 'token' | 'aesKey' | 'owner' | 'timestamp' | 'nonce', string> &
  Record<'msgSignature' | 'encrypt' | 'plaintext', string>;

const text = await readFile(new URL('./vectors.json', import.meta.url), 'utf8');
const vectors = JSON.parse(text) as Vector[];
const sealedOf = ({ msgSignature, timestamp, nonce, encrypt }: Vector): Sealed => ({
  signature: msgSignature,
  timestamp,
  nonce,
  encrypt,
});
const codeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return (error as { code: number }).code;
  }
};

describe('the callback cipher', () => {
  test.each(vectors.map((vector) => [vector.name, vector] as const))(
    'opens DingTalk’s own %s',
    (_, vector) => {
      expect(new CallbackCrypto(vector).open(sealedOf(vector))).toBe(vector.plaintext);
    },
  );

  test.each(vectors.map((vector) => [vector.name, vector] as const))('refuses a damaged %s', (_, vector) => {
    const sealed = sealedOf(vector);
    const crypto = new CallbackCrypto(vector);
    expect(codeOf(() => crypto.open({ ...sealed, nonce: 'another' }))).toBe(900005);
    expect(codeOf(() => new CallbackCrypto({ ...vector, owner: 'dingother' }).open(sealed))).toBe(900010);
    expect(codeOf(() => new CallbackCrypto({ ...vector, aesKey: 'short' }))).toBe(900004);
  });

  test('opens what it has sealed, whatever its length', () => {
    const crypto = new CallbackCrypto(EVENT_APP);
    for (let length = 0; length < 70; length++) {
      const message = '会'.repeat(length);
      const sealed = crypto.seal(message, '1608001896814');
      expect(crypto.open(sealed)).toBe(message);
      expect(Buffer.from(sealed.encrypt, 'base64').length % 32).toBe(0);
    }
  });

  test('refuses correctly signed content that is no message', () => {
    const crypto = new CallbackCrypto({ ...EVENT_APP, token: '' });
    const empty = { timestamp: '', nonce: '', encrypt: '' };
    const signature = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
    expect(codeOf(() => crypto.open({ ...empty, signature }))).toBe(900009);
  });
});
