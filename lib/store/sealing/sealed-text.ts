import 'server-only';
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Keyring } from './keyring.ts';

/** Encrypts texts so that whoever has the database alone cannot read them. */
export type TextSeal = {
  /** Identifies the key that seals now. */
  keyId: string;
  /** Encrypts `text` for `place`: in another place it does not open. */
  seal(text: string, place: string): string;
  /** The text, or null when no key opens it in that place. */
  open(sealed: string, place: string): string | null;
};

/** Bytes, as AES-GCM has them. */
const IV = 12;
const TAG = 16;
/** A shorter text grows when it is compressed. */
const WORTH_COMPRESSING = 160;
/** A window for a few kilobytes: to set up the usual one takes longer than to compress. */
const SMALL = { level: 6, memLevel: 4, windowBits: 11 };
/** More than any answer of DingTalk that is taken, so that no text can swell without end. */
const LONGEST = 64 * 1024 ** 2;

/** `s1` as it is, `z1` compressed; then the key's id, then IV, tag and ciphertext. */
const FORM = /^([sz])1\.([0-9a-f]{8})\.([A-Za-z0-9_-]{38,})$/;

export const isSealed = (text: string): boolean => FORM.test(text);

/** Which key sealed a text; null for one that is not sealed. */
export const sealKeyId = (text: string): string | null => FORM.exec(text)?.[2] ?? null;

/** AES-256-GCM with keys for one purpose. */
export function createTextSeal(keyring: Keyring, purpose: string): TextSeal {
  const keys = keyring.keysFor(purpose);
  const [current] = keys;
  if (!current) throw new Error('A keyring has at least one secret.');
  const byId = new Map<string, KeyObject>(keys.toReversed().map(({ id, key }) => [id, key]));
  return {
    keyId: current.id,
    seal(text, place) {
      const compressed = text.length < WORTH_COMPRESSING ? null : deflateRawSync(text, SMALL);
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(place));
      const hidden = Buffer.concat([cipher.update(compressed ?? Buffer.from(text)), cipher.final()]);
      const bytes = Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url');
      return `${compressed ? 'z' : 's'}1.${current.id}.${bytes}`;
    },
    open(sealed, place) {
      const [, form, id = '', text = ''] = FORM.exec(sealed) ?? [];
      const key = byId.get(id);
      if (!key) return null;
      const bytes = Buffer.from(text, 'base64url');
      try {
        const opening = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV), { authTagLength: TAG })
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(IV, IV + TAG));
        const plain = Buffer.concat([opening.update(bytes.subarray(IV + TAG)), opening.final()]);
        return (form === 'z' ? inflateRawSync(plain, { maxOutputLength: LONGEST }) : plain).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
