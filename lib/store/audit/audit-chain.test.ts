import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AUDIT_ACTIONS,
  AUDIT_OUTCOMES,
  type AuditEntry,
  CHAIN_BEGINS,
  type SealedEntry,
  storableEntry,
} from '#lib/domain/audit/audit.ts';
import { checkEntries, entry, SEALER } from '#lib/testing/audit.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { SECRET } from '#lib/testing/keys.ts';
import { type AuditSealer, createSealer, hashOf } from './audit-chain.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const textOrNull = fc.option(text);
const entries = fc.array(
  fc.record({
    at: fc.nat(),
    action: fc.constantFrom(...AUDIT_ACTIONS.filter((each) => each !== 'chain-continued')),
    outcome: fc.constantFrom(...AUDIT_OUTCOMES),
    who: fc.record({ subject: textOrNull, name: textOrNull, role: fc.constantFrom('admin', null) }),
    target: fc.option(fc.record({ kind: fc.constantFrom('device', 'fleet'), id: textOrNull })),
    about: textOrNull,
    reason: textOrNull,
    address: text,
    requestId: textOrNull,
  }),
  { minLength: 2, maxLength: 8 },
);

function chained(given: readonly AuditEntry[], { keyId, sealOf }: AuditSealer = SEALER): SealedEntry[] {
  let previous = CHAIN_BEGINS;
  return given.map((each, index) => {
    const numbered = { ...storableEntry(each), seq: index + 1 };
    previous = hashOf(previous, numbered);
    return { ...numbered, hash: previous, keyId, seal: sealOf(previous) };
  });
}

const headOf = (chain: readonly SealedEntry[]) => chain.at(-1) ?? null;

/** Every member of an entry that could be falsified. */
const ALTERED: ((entry: SealedEntry) => SealedEntry)[] = [
  (each) => ({ ...each, at: each.at + 1 }),
  (each) => ({ ...each, action: each.action === 'revealed' ? 'exported' : 'revealed' }),
  (each) => ({ ...each, outcome: each.outcome === 'done' ? 'refused' : 'done' }),
  (each) => ({ ...each, who: { ...each.who, subject: `${each.who.subject}x` } }),
  (each) => ({ ...each, who: { ...each.who, name: each.who.name === null ? '' : null } }),
  (each) => ({ ...each, who: { ...each.who, role: each.who.role === null ? 'admin' : null } }),
  (each) => ({ ...each, target: each.target ? null : { kind: 'device', id: null } }),
  (each) => ({ ...each, about: each.reason, reason: each.about === each.reason ? 'x' : each.about }),
  (each) => ({ ...each, address: `${each.address} ` }),
  (each) => ({ ...each, requestId: each.requestId === null ? '' : null }),
  (each) => ({ ...each, hash: each.hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
  (each) => ({ ...each, seal: each.seal.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
];

describe('a chain of entries', () => {
  test('is valid as it was written, whatever its content', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const chain = chained(given);
        expect(checkEntries(chain, headOf(chain))).toEqual({
          entries: given.length,
          broken: null,
          keyChanges: [],
        });
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  test('is broken at the first entry that was altered in any way', () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.constantFrom(...ALTERED), (given, place, alter) => {
        const chain = chained(given);
        const at = place % chain.length;
        const tampered = chain.map((each, index) => (index === at ? alter(each) : each));
        expect(checkEntries(tampered, headOf(chain)).broken).toMatchObject({ seq: at + 1 });
      }),
      { numRuns: fuzzRuns(200) },
    );
  });

  test('is broken where an entry was removed, inserted or swapped', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (given, place) => {
        const chain = chained(given);
        const at = place % (chain.length - 1);
        const without = chain.filter((_, index) => index !== at);
        expect(checkEntries(without, headOf(chain)).broken).toEqual({ seq: at + 1, fault: 'missing' });
        const renumbered = without.map((each, index) => ({ ...each, seq: index + 1 }));
        expect(checkEntries(renumbered, headOf(chain)).broken).not.toBeNull();
        const swapped = chain.map((each, index) => ({
          ...((index === at ? chain[at + 1] : index === at + 1 ? chain[at] : each) as SealedEntry),
          seq: index + 1,
        }));
        expect(checkEntries(swapped, headOf(chain)).broken).not.toBeNull();
        const put = [...chain.slice(0, at), chain[at] as SealedEntry, ...chain.slice(at)];
        expect(checkEntries(put, headOf(chain)).broken).toMatchObject({ seq: at + 1 });
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  test('lacks its last entries as long as the head is known', () => {
    const chain = chained([entry(), entry(), entry()]);
    expect(checkEntries(chain.slice(0, 2), headOf(chain)).broken).toEqual({ seq: 3, fault: 'missing' });
    expect(checkEntries([], headOf(chain)).broken).toEqual({ seq: 1, fault: 'missing' });
    expect(checkEntries(chain, headOf(chain.slice(0, 2))).broken).toEqual({ seq: 3, fault: 'forged' });
    expect(checkEntries(chain, null).broken).toEqual({ seq: 1, fault: 'forged' });
    // What no chain in the same place can find: head and entries taken back together.
    expect(checkEntries(chain.slice(0, 2), headOf(chain.slice(0, 2))).broken).toBeNull();
  });

  test('cannot be rewritten with the database and without the secret', () => {
    const given = [entry(), entry({ about: 'what really happened' }), entry()];
    const other = createSealer('another secret that is long enough too');
    const anew = chained(
      given.map((each) => ({ ...each, about: null })),
      other,
    );
    expect(checkEntries(anew, headOf(anew)).broken).toEqual({ seq: 1, fault: 'unsealed' });
    const claimed = anew.map((each) => ({ ...each, keyId: SEALER.keyId }));
    expect(checkEntries(claimed, headOf(claimed)).broken).toEqual({ seq: 1, fault: 'forged' });
  });

  const EARLIER = 'an earlier secret that is long enough too';
  const rotated = createSealer(SECRET, [EARLIER]);
  /** Entries under one secret and, after the sign that another follows, under the next. */
  const underBoth = (from: AuditSealer, to: AuditSealer) => {
    const before = chained([entry(), entry()], from);
    const [, , ...after] = chained([entry(), entry(), entry({ action: 'chain-continued' }), entry()], to);
    return [...before, ...after];
  };

  test('sealed with an earlier secret is verified while that one is known', () => {
    const chain = chained([entry(), entry()], createSealer(EARLIER));
    expect(checkEntries(chain, headOf(chain)).broken).toEqual({ seq: 1, fault: 'unsealed' });
    expect(checkEntries(chain, headOf(chain), rotated).broken).toBeNull();
    const forged = chain.map((each, at) => (at === 0 ? { ...each, seal: 'x' } : each));
    expect(checkEntries(forged, headOf(forged), rotated).broken).toEqual({ seq: 1, fault: 'forged' });
  });

  test('continues under the current secret, with an entry for the change', () => {
    const chain = underBoth(createSealer(EARLIER), rotated);
    const found = checkEntries(chain, headOf(chain), rotated);
    expect(found).toMatchObject({ broken: null, keyChanges: [{ seq: 3 }] });
  });

  test('is not verified by an earlier secret once the current one has sealed, because others may know it', () => {
    const chain = underBoth(rotated, createSealer(EARLIER));
    expect(checkEntries(chain, headOf(chain), rotated).broken).toEqual({ seq: 3, fault: 'unsealed' });
  });
});
