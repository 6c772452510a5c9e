import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** What is on the wire in either direction, by our own names. */
export type Sealed = { signature: string; timestamp: string; nonce: string; encrypt: string };

/** The plain bytes inside a callback, for tests that spoil one of them. */
export type Inside = { random: Buffer; declared: number; message: Buffer; owner: string; padding: Buffer };

type App = { token: string; aesKey: string; owner: string };

/** DingTalk's end of a callback, written for tests from its own sample rather than from our code. */
export function officialCallback({ token, aesKey, owner }: App) {
  const key = Buffer.from(`${aesKey}=`, 'base64');

  function seal(message: string | Buffer, timestamp: string, spoil: Partial<Inside> = {}): Sealed {
    const bytes = Buffer.from(message);
    const inside = { random: Buffer.alloc(16, 7), declared: bytes.length, message: bytes, owner, ...spoil };
    const length = Buffer.alloc(4);
    length.writeUInt32BE(inside.declared);
    const text = Buffer.concat([inside.random, length, inside.message, Buffer.from(inside.owner)]);
    const missing = 32 - (text.length % 32);
    const plain = Buffer.concat([text, inside.padding ?? Buffer.alloc(missing, missing)]);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const encrypt = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    return sign({ timestamp, nonce: 'n0nce', encrypt });
  }

  function sign({ timestamp, nonce, encrypt }: Omit<Sealed, 'signature'>): Sealed {
    const sorted = [token, timestamp, nonce, encrypt].sort();
    const signature = createHash('sha1').update(sorted.join('')).digest('hex');
    return { signature, timestamp, nonce, encrypt };
  }

  /** As `getDecryptMsg` of DingCallbackCrypto.java: signature, decryption, length, owner; throws when one is wrong. */
  function open({ signature, timestamp, nonce, encrypt }: Sealed): string {
    if (sign({ timestamp, nonce, encrypt }).signature !== signature) throw new Error('900005');
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(Buffer.from(encrypt, 'base64')), decipher.final()]);
    const pad = padded.readUInt8(padded.length - 1);
    const plain = padded.subarray(0, padded.length - (pad < 1 || pad > 32 ? 0 : pad));
    const end = 20 + plain.readUInt32BE(16);
    if (plain.subarray(end).toString() !== owner) throw new Error('900010');
    return plain.subarray(20, end).toString();
  }

  return { seal, sign, open };
}

/** A post as the callback receives it. */
export function post({ signature, timestamp, nonce, encrypt }: Sealed) {
  return { query: new URLSearchParams({ msg_signature: signature, timestamp, nonce }), body: { encrypt } };
}
