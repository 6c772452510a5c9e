import 'server-only';
import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { type AuditEntry, canonicalEntry } from '#lib/domain/audit.ts';

/** Seals entries with a key that is made of the desk's secret and is in no database. */
export type AuditSealer = {
  /** Tells keys apart. */
  keyId: string;
  sealOf(hash: string): string;
};

/** SHA-256, in hex, over an entry, its number and the hash of the entry before it. */
export const hashOf = (previousHash: string, entry: AuditEntry & { seq: number }): string =>
  createHash('sha256')
    .update(canonicalEntry(previousHash, entry.seq, entry))
    .digest('hex');

/** The sealer of a desk with that AUTH_SECRET. Seals are HMAC-SHA-256 in hex. */
export function createSealer(authSecret: string): AuditSealer {
  // Derived, so that what is signed here is no use wherever else AUTH_SECRET signs.
  const key = createSecretKey(createHmac('sha256', authSecret).update('audit log').digest());
  const macOf = (text: string) => createHmac('sha256', key).update(text).digest('hex');
  return { keyId: macOf('key id').slice(0, 16), sealOf: (hash) => macOf(`seal ${hash}`) };
}
