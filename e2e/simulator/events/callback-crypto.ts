import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** The signature of a message: DingTalk puts it into the query, the response into its body. */
export type Sealed = { signature: string; timestamp: string; nonce: string; encrypt: string };
type Keys = { token: string; aesKey: string; owner: string };

const BLOCK = 32;
const NOISE = 16;
const LENGTH = 4;

/** An error with the number that DingTalk's own library gives it. */
export class CryptoError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The cipher of callbacks, after DingTalk's own DingCallbackCrypto. */
export class CallbackCrypto {
  readonly #keys: Keys;
  readonly #key: Buffer;

  constructor(keys: Keys) {
    if (!/^[a-zA-Z0-9]{43}$/.test(keys.aesKey)) throw new CryptoError(900004, 'the AES key is not valid');
    this.#keys = keys;
    this.#key = Buffer.from(`${keys.aesKey}=`, 'base64');
  }

  seal(message: string, timestamp: string, nonce = nonceText()): Sealed {
    const encrypt = this.#encrypt(message);
    return { signature: this.#sign(timestamp, nonce, encrypt), timestamp, nonce, encrypt };
  }

  /** Returns the message; throws a CryptoError when anything about it is invalid. */
  open({ signature, timestamp, nonce, encrypt }: Sealed): string {
    if (this.#sign(timestamp, nonce, encrypt) !== signature) {
      throw new CryptoError(900005, 'the signature does not match');
    }
    const plain = this.#decrypt(encrypt);
    const start = NOISE + LENGTH;
    const end = start + (plain.length < start ? 0 : plain.readUInt32BE(NOISE));
    if (plain.length < end) throw new CryptoError(900009, 'the length within is not valid');
    const owner = plain.subarray(end).toString('utf8');
    if (owner !== this.#keys.owner) throw new CryptoError(900010, `it is meant for ${owner}`);
    return plain.subarray(start, end).toString('utf8');
  }

  #sign(timestamp: string, nonce: string, encrypt: string): string {
    const sorted = [this.#keys.token, timestamp, nonce, encrypt].sort();
    return createHash('sha1').update(sorted.join('')).digest('hex');
  }

  #encrypt(message: string): string {
    const text = Buffer.from(message, 'utf8');
    const length = Buffer.alloc(LENGTH);
    length.writeUInt32BE(text.length);
    const plain = Buffer.concat([randomBytes(NOISE), length, text, Buffer.from(this.#keys.owner)]);
    const missing = BLOCK - (plain.length % BLOCK);
    const cipher = createCipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([plain, Buffer.alloc(missing, missing)]);
    return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
  }

  #decrypt(encrypt: string): Buffer {
    try {
      const iv = this.#key.subarray(0, 16);
      const decipher = createDecipheriv('aes-256-cbc', this.#key, iv).setAutoPadding(false);
      const padded = Buffer.concat([decipher.update(Buffer.from(encrypt, 'base64')), decipher.final()]);
      const padding = padded.at(-1) ?? 0;
      return padding < 1 || padding > BLOCK ? padded : padded.subarray(0, -padding);
    } catch {
      throw new CryptoError(900008, 'it cannot be decrypted');
    }
  }
}

function nonceText(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from(randomBytes(8), (byte) => letters[byte % letters.length]).join('');
}
