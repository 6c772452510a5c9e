import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { Role } from '#lib/domain/access/operator.ts';
import {
  type AuditAction,
  type AuditEntry,
  type AuditHead,
  type AuditOutcome,
  type AuditTarget,
  CHAIN_BEGINS,
  type SealedEntry,
  storableEntry,
} from '#lib/domain/audit/audit.ts';
import type { AuditFilter } from '#lib/domain/audit/audit-filter.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { storable } from '#lib/store/engine/storable.ts';
import type { Tables } from '#lib/store/schema.ts';
import { type AuditSealer, hashOf } from './audit-chain.ts';

/** What was done, in a chain that shows when something of it is altered. Nothing of it is ever changed or removed. */
export type AuditStore = {
  /** Adds an entry at the head, in one transaction that any number of instances wait in line for. */
  recordAudit(entry: AuditEntry, sealer: AuditSealer): Promise<SealedEntry>;
  /** The same for several, in their order: all of them or none. */
  recordAudits(entries: readonly AuditEntry[], sealer: AuditSealer): Promise<SealedEntry[]>;
  /** Newest first. `before`: entries of smaller numbers only; null begins at the newest. */
  auditEntries(filter: AuditFilter, before: number | null, limit: number): Promise<SealedEntry[]>;
  /** How many there are. */
  countAudit(filter: AuditFilter): Promise<number>;
  /** In the order of the chain, those after a number. */
  auditChain(after: number, limit: number): Promise<SealedEntry[]>;
  /** Null before the first entry. */
  auditHead(): Promise<AuditHead | null>;
};

type Db = Pick<Kysely<Tables>, 'selectFrom'>;

/** The audit log on any engine. No page but its own shows it, so the feed and memory are left alone. */
export function auditStore({ db }: Engine): AuditStore {
  const record: AuditStore['recordAudits'] = (entries, sealer) =>
    db.transaction().execute((trx) => recordIn(trx, entries, sealer));
  return {
    recordAudit: async (entry, sealer) => {
      const [sealed] = await record([entry], sealer);
      return sealed as SealedEntry;
    },
    recordAudits: record,
    ...auditReader(db),
  };
}

/** What only reads, for whoever looks at a database without opening it as a desk does. */
export function auditReader(db: Db): Omit<AuditStore, 'recordAudit' | 'recordAudits'> {
  return {
    async auditEntries(filter, before, limit) {
      let query = matching(db, filter).selectAll().orderBy('seq', 'desc').limit(limit);
      if (before !== null) query = query.where('seq', '<', before);
      return (await query.execute()).map(toEntry);
    },
    async countAudit(filter) {
      const query = matching(db, filter).select((each) => each.fn.countAll<number>().as('entries'));
      return Number((await query.executeTakeFirstOrThrow()).entries);
    },
    async auditChain(after, limit) {
      const query = db.selectFrom('audit_entries').selectAll().where('seq', '>', after);
      return (await query.orderBy('seq').limit(limit).execute()).map(toEntry);
    },
    async auditHead() {
      const row = await db.selectFrom('audit_head').selectAll().executeTakeFirst();
      return row ? toHead(row) : null;
    },
  };
}

/** Adds entries to the chain within a transaction; what else is in that stands or falls with them. */
export async function recordIn(trx: Transaction<Tables>, given: readonly AuditEntry[], sealer: AuditSealer) {
  const [first] = given;
  if (!first) return [];
  const empty = {
    id: 1,
    seq: 0,
    hash: CHAIN_BEGINS,
    key_id: sealer.keyId,
    seal: sealer.sealOf(CHAIN_BEGINS),
  };
  await trx
    .insertInto('audit_head')
    .values(empty)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // Whoever comes meanwhile waits here for the row, and goes on from what this one leaves.
  const locked = await trx
    .updateTable('audit_head')
    .set((each) => ({ seq: each.ref('seq') }))
    .returningAll()
    .executeTakeFirstOrThrow();
  let head = toHead(locked);
  if (head.keyId !== sealer.keyId || head.seal !== sealer.sealOf(head.hash)) {
    head = await append(trx, head, continued(storableEntry(first), head), sealer);
  }
  const added: SealedEntry[] = [];
  for (const entry of given) {
    const sealed = await append(trx, head, storableEntry(entry), sealer);
    added.push(sealed);
    head = sealed;
  }
  const { seq, hash, keyId, seal } = head;
  await trx.updateTable('audit_head').set({ seq, hash, key_id: keyId, seal }).execute();
  return added;
}

/** What stands before it was not sealed with this key: AUTH_SECRET has changed, or somebody wrote without it. */
const continued = ({ at }: AuditEntry, { seq, keyId }: AuditHead): AuditEntry => ({
  at,
  action: 'chain-continued',
  outcome: 'done',
  target: { kind: 'audit', id: null },
  who: { subject: null, name: null, role: null },
  about: `${seq} ${storable(keyId).slice(0, 64)}`,
  reason: null,
  address: 'unknown',
  requestId: null,
});

async function append(
  trx: Transaction<Tables>,
  head: AuditHead,
  entry: AuditEntry,
  { keyId, sealOf }: AuditSealer,
): Promise<SealedEntry> {
  const numbered = { ...entry, seq: head.seq + 1 };
  const hash = hashOf(head.hash, numbered);
  const sealed = { ...numbered, hash, keyId, seal: sealOf(hash) };
  await trx.insertInto('audit_entries').values(toRow(sealed)).execute();
  return sealed;
}

function matching(db: Db, { subject, action, outcome, targetId, text, from, to }: AuditFilter) {
  let query = db.selectFrom('audit_entries');
  if (subject !== null) query = query.where('subject', '=', storable(subject));
  if (action !== null) query = query.where('action', '=', action);
  if (outcome !== null) query = query.where('outcome', '=', outcome);
  if (targetId !== null) query = query.where('target_id', '=', storable(targetId));
  if (from !== null) query = query.where('at', '>=', from);
  if (to !== null) query = query.where('at', '<', to);
  const looked = storable(text).trim();
  if (looked === '') return query;
  const like = `%${looked.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return query.where(
    sql<boolean>`lower(${sql.join(
      SEARCHED.map((name) => sql`coalesce(${sql.ref(name)}, '')`),
      sql` || ' ' || `,
    )}) like ${like} escape '\\'`,
  );
}

const SEARCHED = ['name', 'subject', 'target_id', 'about', 'reason', 'address', 'request_id'];

type Row = Selectable<Tables['audit_entries']>;

const toRow = ({ who, target, keyId, requestId, ...entry }: SealedEntry): Row => ({
  ...entry,
  ...who,
  target_kind: target?.kind ?? null,
  target_id: target?.id ?? null,
  key_id: keyId,
  request_id: requestId,
});

const toHead = ({ seq, hash, key_id, seal }: Selectable<Tables['audit_head']>): AuditHead => ({
  seq,
  hash,
  seal,
  keyId: key_id,
});

// Words that nobody knows are shown as they are: what is checked is the chain.
const toEntry = (row: Row): SealedEntry => ({
  seq: row.seq,
  at: row.at,
  action: row.action as AuditAction,
  outcome: row.outcome as AuditOutcome,
  who: { subject: row.subject, name: row.name, role: row.role as Role | null },
  target:
    row.target_kind === null ? null : { kind: row.target_kind as AuditTarget['kind'], id: row.target_id },
  about: row.about,
  reason: row.reason,
  address: row.address,
  requestId: row.request_id,
  hash: row.hash,
  keyId: row.key_id,
  seal: row.seal,
});
