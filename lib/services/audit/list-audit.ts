import { stringify } from 'csv-stringify/sync';
import type { AuditAnswer, ShownEntry } from '#lib/api/audit/audit-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { SealedEntry } from '#lib/domain/audit/audit.ts';
import { type AuditFilter, auditParams } from '#lib/domain/audit/audit-filter.ts';
import { iso } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { BOM, cellOf } from '#lib/services/inventory/csv-cell.ts';
import { exportedRows } from './audited-export.ts';

type Page = { before: number | null; limit: number };

const ROWS_AT_ONCE = 500;

/** A page of the audit log, newest first. Throws not-permitted. */
export async function listAudit(
  { store, audit }: Pick<ServiceContext, 'store' | 'audit'>,
  operator: Operator,
  filter: AuditFilter,
  { before, limit }: Page,
): Promise<AuditAnswer> {
  assertCan(operator.role, 'see-audit');
  // Noted entries are written first, so that the list contains the newest actions.
  await audit.settled();
  const [found, total] = await Promise.all([
    store.auditEntries(filter, before, limit + 1),
    store.countAudit(filter),
  ]);
  const items = found.slice(0, limit).map(shownEntry);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? String(last.seq) : null, total };
}

const shownEntry = ({ keyId: _, seal: __, at, ...entry }: SealedEntry): ShownEntry => ({
  ...entry,
  at: iso(at),
});

const COLUMNS: [string, (entry: ShownEntry) => unknown][] = [
  ['seq', ({ seq }) => seq],
  ['at', ({ at }) => at],
  ['subject', ({ who }) => who.subject],
  ['name', ({ who }) => who.name],
  ['role', ({ who }) => who.role],
  ['action', ({ action }) => action],
  ['outcome', ({ outcome }) => outcome],
  ['targetKind', ({ target }) => target?.kind],
  ['targetId', ({ target }) => target?.id],
  ['about', ({ about }) => about],
  ['reason', ({ reason }) => reason],
  ['address', ({ address }) => address],
  ['requestId', ({ requestId }) => requestId],
  ['hash', ({ hash }) => hash],
];

const lines = (cells: string[][]) => stringify(cells, { escape_formulas: true, record_delimiter: 'windows' });

/**
 * The matching entries as CSV, newest first, in pieces; the export is audited before the first piece.
 * Throws not-permitted, internal.audit.
 */
export async function* auditCsv(
  context: Pick<ServiceContext, 'store' | 'audit'>,
  { operator, source }: Caller,
  filter: AuditFilter,
): AsyncGenerator<string> {
  assertCan(operator.role, 'see-audit');
  const target = { kind: 'audit' as const, id: null };
  yield* exportedRows(
    context,
    { by: operator, source, target, about: auditParams(filter).toString() || null },
    async function* () {
      yield { text: BOM + lines([COLUMNS.map(([name]) => name)]), rows: 0 };
      let before: number | null = null;
      for (;;) {
        const found: SealedEntry[] = await context.store.auditEntries(filter, before, ROWS_AT_ONCE);
        const last = found.at(-1);
        if (!last) return;
        const cells = found.map(shownEntry).map((entry) => COLUMNS.map(([, read]) => cellOf(read(entry))));
        yield { text: lines(cells), rows: found.length };
        before = last.seq;
      }
    },
  );
}
