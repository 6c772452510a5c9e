import 'server-only';
import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { type AuditEntry, canonicalEntry } from '#lib/domain/audit/audit.ts';

/** Seals entries with a key that is made of the desk's secret and is in no database. */
export type AuditSealer = {
  /** Tells keys apart. */
  keyId: string;
  sealOf(hash: string): string;
  /** The seal that the key of that name makes; null for a key that is neither the current one nor an earlier one. */
  sealBy(keyId: string, hash: string): string | null;
};

/** SHA-256, in hex, over an entry, its number and the hash of the entry before it. */
export const hashOf = (previousHash: string, entry: AuditEntry & { seq: number }): string =>
  createHash('sha256')
    .update(canonicalEntry(previousHash, entry.seq, entry))
    .digest('hex');

/** How the entry of a restore names the log that it replaced, by its newest entry. */
export const replacedLog = ({ seq, hash }: { seq: number; hash: string }): string =>
  `in the place of a log that ended with ${seq}:${hash.slice(0, 16)}`;

const REPLACED = /; in the place of a log that ended with (\d+):([0-9a-f]{16})$/;

/** Whether an entry of a restore says that it replaced a log that held `seen`. */
export function replaced(about: string | null, seen: { seq: number; hash: string }): boolean {
  const [, seq, hash = ''] = REPLACED.exec(about ?? '') ?? [];
  if (seq === undefined) return false;
  return Number(seq) > seen.seq || (Number(seq) === seen.seq && seen.hash.startsWith(hash));
}

/**
 * Seals with AUTH_SECRET, and checks what was sealed with it or with one of AUTH_SECRET_PREVIOUS. Seals are HMAC-SHA-256 in
 * hex.
 */
export function createSealer(authSecret: string, previous: readonly string[] = []): AuditSealer {
  const current = sealerOf(authSecret);
  const byKey = new Map([...previous.map(sealerOf), current].map((each) => [each.keyId, each]));
  return { ...current, sealBy: (keyId, hash) => byKey.get(keyId)?.sealOf(hash) ?? null };
}

function sealerOf(authSecret: string): Omit<AuditSealer, 'sealBy'> {
  // Derived, so that what is signed here is no use wherever else AUTH_SECRET signs.
  const key = createSecretKey(createHmac('sha256', authSecret).update('audit log').digest());
  const macOf = (text: string) => createHmac('sha256', key).update(text).digest('hex');
  return { keyId: macOf('key id').slice(0, 16), sealOf: (hash) => macOf(`seal ${hash}`) };
}
