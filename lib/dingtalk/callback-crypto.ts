import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** DingTalk pads to blocks of 32 bytes, not of AES's 16. (DingTalk-Callback-Crypto; DOC:configure-stream-push) */
const BLOCK = 32;
const SALT = 16;
const LENGTH = 4;

/** Hex of the SHA-1 over the sorted parts, one after another. (DingTalk-Callback-Crypto) */
export function signatureOf(
  parts: [token: string, timestamp: string, nonce: string, encrypt: string],
): string {
  return createHash('sha1').update(parts.toSorted().join('')).digest('hex');
}

/** Whether two signatures are one, in a time that does not tell where they differ. */
export function sameSignature(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

/** The 32 bytes behind the 43 characters that the developer console shows. */
export const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, 'base64');

/** What is inside a sealed message: the text's bytes and whom it is for. Null for whatever is not sealed right. */
export function unseal(key: Buffer, encrypt: string): { message: Buffer; owner: string } | null {
  const sealed = Buffer.from(encrypt, 'base64');
  // Buffer skips what is no base64; what is not the same again was not whole.
  if (sealed.length === 0 || sealed.length % 16 !== 0 || sealed.toString('base64') !== encrypt) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || pad > padded.length) return null;
  if (!padded.subarray(-pad).every((byte) => byte === pad)) return null;
  const plain = padded.subarray(0, padded.length - pad);
  if (plain.length < SALT + LENGTH) return null;
  const length = plain.readUInt32BE(SALT);
  const end = SALT + LENGTH + length;
  if (end > plain.length) return null;
  return { message: plain.subarray(SALT + LENGTH, end), owner: plain.subarray(end).toString('utf8') };
}

/** A message sealed for its owner, base64. */
export function seal(key: Buffer, message: string, owner: string, salt: Buffer = randomBytes(SALT)): string {
  const text = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([salt, length, text, Buffer.from(owner, 'utf8')]);
  const pad = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(pad, pad)),
    cipher.final(),
  ]).toString('base64');
}
