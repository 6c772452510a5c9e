import { createCipheriv, createDecipheriv } from 'node:crypto';
import { CallbackRefused } from './callback-refused.ts';

// DingTalk pads to 32 bytes although the cipher's own block has 16 (DingTalk-Callback-Crypto, DingCallbackCrypto.java).
const PAD_BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Texts as DingTalk encrypts them between itself and one app. */
export type CallbackCipher = {
  /** Base64 of the encrypted text. */
  seal(text: string): string;
  /** The bytes of the text. Throws CallbackRefused `crypto` or `owner`. */
  open(encrypted: string): Buffer;
};

/**
 * AES-256-CBC with the key's first half as the first block; inside are 16 random bytes, the text's length in four
 * bytes, the text and its owner, which for an internal app is its client id. Throws when the key is no key: 43 letters
 * and digits. (open-dingtalk/DingTalk-Callback-Crypto; DingTalk docs: configure-stream-push)
 */
export function createCallbackCipher(
  aesKey: string,
  owner: string,
  bytes: (size: number) => Buffer,
): CallbackCipher {
  if (!/^[A-Za-z0-9]{43}$/.test(aesKey)) throw new TypeError('The AES key must be 43 letters and digits.');
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const iv = key.subarray(0, 16);
  return {
    seal(text) {
      const message = Buffer.from(text);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(message.length);
      const plain = pad(Buffer.concat([bytes(RANDOM_BYTES), length, message, Buffer.from(owner)]));
      const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    },
    open(encrypted) {
      const sealed = decodeBase64(encrypted);
      const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      const plain = unpad(Buffer.concat([decipher.update(sealed), decipher.final()]));
      return messageOf(plain, owner);
    },
  };
}

// Node reads any text as base64 and skips what is none, so the text is checked first. Line breaks are no fault: DingTalk's
// Python code wraps base64 at 76 characters (open-dingtalk/DingTalk-Callback-Crypto, DingCallbackCrypto3.py).
function decodeBase64(wrapped: string): Buffer {
  const text = wrapped.replace(/[\r\n]/g, '');
  const decoded = text.length % 4 === 0 && BASE64.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  if (decoded.length === 0 || decoded.length % 16 !== 0) throw new CallbackRefused('crypto');
  return decoded;
}

function messageOf(plain: Buffer, owner: string): Buffer {
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (plain.length < start) throw new CallbackRefused('crypto');
  const end = start + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw new CallbackRefused('crypto');
  if (!plain.subarray(end).equals(Buffer.from(owner))) throw new CallbackRefused('owner');
  return plain.subarray(start, end);
}

function pad(bytes: Buffer): Buffer {
  const size = PAD_BLOCK - (bytes.length % PAD_BLOCK);
  return Buffer.concat([bytes, Buffer.alloc(size, size)]);
}

function unpad(bytes: Buffer): Buffer {
  const size = bytes.at(-1) ?? 0;
  const end = bytes.length - size;
  if (size < 1 || size > PAD_BLOCK || end < 0 || !bytes.subarray(end).every((byte) => byte === size)) {
    throw new CallbackRefused('crypto');
  }
  return bytes.subarray(0, end);
}
