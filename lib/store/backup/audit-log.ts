import { userInfo } from 'node:os';
import type { Transaction } from 'kysely';
import type { AuditEntry } from '#lib/domain/audit/audit.ts';
import type { Tables } from '#lib/store/schema.ts';

/** Where a chain ends. */
export type ChainEnd = { seq: number; hash: string };

/** What a database's audit log holds beyond a backup's; null where the two are not one chain. */
export type LaterEntries = {
  head: Tables['audit_head'];
  entries: Tables['audit_entries'][];
} | null;

export async function headIn(trx: Transaction<Tables>): Promise<Tables['audit_head'] | null> {
  return (await trx.selectFrom('audit_head').selectAll().executeTakeFirst()) ?? null;
}

/** Entries that were written since the backup: no restore takes them out of the log. */
export async function laterThan(trx: Transaction<Tables>, backup: ChainEnd | null): Promise<LaterEntries> {
  const head = await headIn(trx);
  const from = backup?.seq ?? 0;
  if (!head || head.seq <= from) return null;
  if (backup && from > 0) {
    const common = trx.selectFrom('audit_entries').select('hash').where('seq', '=', from);
    if ((await common.executeTakeFirst())?.hash !== backup.hash) return null;
  }
  const entries = trx.selectFrom('audit_entries').selectAll().where('seq', '>', from).orderBy('seq');
  return { head, entries: await entries.execute() };
}

/** Puts them behind what the backup brought. */
export async function keepLater(trx: Transaction<Tables>, later: LaterEntries): Promise<void> {
  if (!later) return;
  for (const entry of later.entries) await trx.insertInto('audit_entries').values(entry).execute();
  await trx.deleteFrom('audit_head').execute();
  await trx.insertInto('audit_head').values(later.head).execute();
}

/** An entry of a command: who is signed in at the terminal is all that is known of the person. */
export const commandEntry = (action: 'backed-up' | 'restored', about: string, at: number): AuditEntry => ({
  at,
  action,
  outcome: 'done',
  about,
  reason: null,
  requestId: null,
  who: { subject: null, name: userName(), role: null },
  target: { kind: 'database', id: null },
  address: 'command line',
});

function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user that has no name.
    return null;
  }
}
