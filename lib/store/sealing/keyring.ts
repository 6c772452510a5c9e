import 'server-only';
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** A key for one purpose, made of one AUTH_SECRET. `id` tells secrets apart and reveals nothing of them. */
export type DerivedKey = { id: string; key: KeyObject };

/** Keys of AUTH_SECRET and of those before it. */
export type Keyring = {
  /** The current AUTH_SECRET, then those of AUTH_SECRET_PREVIOUS in their order. */
  secrets: readonly string[];
  /** 256-bit keys for a purpose, one of each secret in the same order: the first seals, all of them open. */
  keysFor(purpose: string): readonly DerivedKey[];
};

const SALT = 'rooms-desk';
const KEY_BYTES = 32;
const ID_BYTES = 4;

/** What can be made of these secrets: HKDF-SHA-256 (RFC 5869) with the purpose as its label. */
export function createKeyring(current: string, previous: readonly string[] = []): Keyring {
  const secrets = [...new Set([current, ...previous])];
  const derive = (secret: string, label: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, SALT, label, bytes));
  return {
    secrets,
    keysFor: (purpose) =>
      secrets.map((secret) => ({
        id: derive(secret, 'key id', ID_BYTES).toString('hex'),
        key: createSecretKey(derive(secret, `key for ${purpose}`, KEY_BYTES)),
      })),
  };
}
