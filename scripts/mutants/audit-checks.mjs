/**
 * Checks of the audit log and of whose events are taken, as in `other-checks.mjs`.
 * @type {{ path: string, check: string, instead: string }[]}
 */
export const AUDIT_CHECKS = [
  { path: 'lib/services/audit/audit.ts', check: 'guard?.wrote(sealed);', instead: '' },
  {
    path: 'lib/services/audit/audit-stream.ts',
    check: 'if (same?.seq !== from.seq || same.hash !== from.hash) return null;',
    instead: '',
  },
  {
    path: 'lib/services/audit/audit-stream.ts',
    check: 'if ((head?.seq ?? 0) < from.seq) return null;',
    instead: '',
  },
  {
    path: 'lib/services/audit/audit-stream.ts',
    check: 'if (!isSealed(sealer, entry)) return null;',
    instead: '',
  },
  { path: 'lib/services/audit/audit-stream.ts', check: 'if (isSealed(sealer, entry)) good', instead: 'good' },
  { path: 'lib/services/audit/audit-stream.ts', check: ", outcome: 'done' }", instead: ' }' },
  {
    path: 'lib/services/audit/audit-stream.ts',
    check: 'if (entry.at < seen.at - CLOCKS_APART_MS) return false;',
    instead: '',
  },
  {
    path: 'lib/services/audit/audit-stream.ts',
    check: 'entry.seq > seen.seq || replaced(entry.about, seen) || entry.at > seen.at + CLOCKS_APART_MS',
    instead: 'true',
  },
  { path: 'lib/services/audit/audit-guard.ts', check: ' && restored.hash !== memory.restore', instead: '' },
  {
    path: 'lib/store/audit/audit-chain.ts',
    check: 'Number(seq) === seen.seq && seen.hash.startsWith(hash)',
    instead: 'Number(seq) === seen.seq',
  },
  {
    path: 'lib/services/audit-export/audit-export.ts',
    check: '|| !isSealed(sealer, textOf(kept.seq, kept.hash), kept.seal)',
    instead: '',
  },
  {
    path: 'lib/services/audit-export/audit-export.ts',
    check: 'same?.seq === kept.seq && same.hash === kept.hash ? kept : beginning',
    instead: 'same || !same ? kept : beginning',
  },
  {
    path: 'lib/services/events/receive-event.ts',
    check: 'await assertOwnOrganisation(context, event, source);',
    instead: '',
  },
  {
    path: 'lib/services/access/own-organisation.ts',
    check: 'if (corpIds.length < LEAST) return null;',
    instead: '',
  },
  { path: 'lib/domain/audit/audit-check.ts', check: '!currentSeen && ', instead: '' },
];
