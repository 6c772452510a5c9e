import { type AuditHead, CHAIN_BEGINS, type SealedEntry } from './audit.ts';

/** What checks one entry: how hashes are made, and seals with the current key and with earlier ones that are known. */
export type ChainTools = {
  hashOf(previousHash: string, entry: SealedEntry): string;
  keyId: string;
  sealBy(keyId: string, hash: string): string | null;
};

/** Why an entry is not as it was written. */
export type ChainFault =
  /** There is no entry of that number, and there was one. */
  | 'missing'
  /** It, or one before it, is other than when it was written. */
  | 'altered'
  /** It was written by something that does not know the key. */
  | 'forged'
  /** No known key sealed anything from here on: nothing tells whether it is as it was written. */
  | 'unsealed';

export type ChainBreak = { seq: number; fault: ChainFault };

/** What a check found. `keyChanges`: where AUTH_SECRET, of which the key is made, changed according to the log. */
export type ChainFound = {
  entries: number;
  broken: ChainBreak | null;
  keyChanges: { seq: number; at: number }[];
};

/**
 * Checks a chain an entry at a time, in order, so that none need be kept. What one entry says is held by the next one, and
 * the last ones by seals of the key of now; `end` is told the head that was read before the first entry.
 */
export function chainCheck(tools: ChainTools): {
  add(entry: SealedEntry): void;
  end(head: AuditHead | null): ChainFound;
} {
  const keyChanges: ChainFound['keyChanges'] = [];
  let broken: ChainBreak | null = null;
  let last = { seq: 0, hash: CHAIN_BEGINS, keyId: null as string | null };
  let vouchedUntil = 0;
  let currentSeen = false;
  return {
    add(entry) {
      if (broken) return;
      const fault = faultOf(tools, last, entry);
      if (fault) {
        broken = { seq: fault === 'missing' ? last.seq + 1 : entry.seq, fault };
        return;
      }
      if (entry.action === 'chain-continued') keyChanges.push({ seq: entry.seq, at: entry.at });
      // An earlier secret may have been replaced because others know it: it vouches for nothing after the current one.
      if (entry.keyId === tools.keyId) currentSeen = true;
      if (entry.keyId === tools.keyId || (!currentSeen && tools.sealBy(entry.keyId, entry.hash) !== null)) {
        vouchedUntil = entry.seq;
      }
      last = entry;
    },
    end(head) {
      if (!broken && last.seq !== (head?.seq ?? 0)) {
        // More entries than the head knows were put there by something that does not write as the desk does.
        broken =
          last.seq < (head?.seq ?? 0) ? { seq: last.seq + 1, fault: 'missing' } : forged(head?.seq ?? 0);
      }
      if (!broken && head && (head.hash !== last.hash || head.keyId !== last.keyId)) {
        broken = { seq: last.seq, fault: 'altered' };
      }
      if (!broken && vouchedUntil < last.seq) broken = { seq: vouchedUntil + 1, fault: 'unsealed' };
      return { entries: last.seq, broken, keyChanges };
    },
  };
}

const forged = (headSeq: number): ChainBreak => ({ seq: headSeq + 1, fault: 'forged' });

function faultOf(
  { hashOf, sealBy }: ChainTools,
  last: { seq: number; hash: string; keyId: string | null },
  entry: SealedEntry,
): ChainFault | null {
  if (entry.seq > last.seq + 1) return 'missing';
  if (entry.seq !== last.seq + 1 || entry.hash !== hashOf(last.hash, entry)) return 'altered';
  if (entry.seal !== (sealBy(entry.keyId, entry.hash) ?? entry.seal)) return 'forged';
  // Whoever begins with another key says so first, which a forger without a key could do as well but not unseen.
  const isOtherKey = last.keyId !== null && entry.keyId !== last.keyId;
  return isOtherKey && entry.action !== 'chain-continued' ? 'forged' : null;
}
