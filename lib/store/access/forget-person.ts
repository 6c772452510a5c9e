import { randomBytes } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditEntry } from '#lib/domain/audit/audit.ts';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import { recordIn } from '#lib/store/audit/audit-log.ts';
import { withDatabase } from '#lib/store/backup/with-database.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';

/** What stands for a person from now on: random, so that nothing leads back from it, and the same everywhere. */
export type Pseudonym = { subject: string; unionId: string; name: string };

/** How many rows of each kind were removed, changed or left as they are. */
export type Forgotten = { pseudonym: Pseudonym; rows: Record<string, number>; auditEntries: number };

type Options = {
  /** As the session list and the audit log name the person, such as `dingtalk:<union id>`. */
  subject: string;
  sealer: AuditSealer;
  nowMs: number;
  /** Who runs the command, as far as the machine knows. */
  userName: string | null;
  /** Counts what would be done and changes nothing. */
  dryRun: boolean;
};

const PROVIDER = 'dingtalk:';

class DryRun extends Error {}

/**
 * Pseudonymises a person who left, in one transaction: sessions, pins, views and visits are removed, API tokens revoked, and
 * name, subject and union id replaced in everything that stays. The audit log is append-only: its entries keep the subject
 * and name. Running servers go on; the person's sessions are over within two seconds.
 */
export async function forgetPerson(place: DatabasePlace, options: Options): Promise<Forgotten> {
  let forgotten: Forgotten | null = null;
  await withDatabase(place, async (db: Kysely<Tables>) => {
    const done = db.transaction().execute(async (trx) => {
      forgotten = await forgetIn(trx, options);
      if (options.dryRun) throw new DryRun();
    });
    await done.catch((error: unknown) => {
      if (!(error instanceof DryRun)) throw error;
    });
  });
  if (forgotten === null) throw new Error('The transaction ended without a result.');
  return forgotten;
}

async function forgetIn(trx: Transaction<Tables>, options: Options): Promise<Forgotten> {
  const { sealer, nowMs, userName } = options;
  const subject = plainColumn(options.subject);
  const pseudonym = newPseudonym();
  const names = await namesOf(trx, subject);
  const counts = {
    ...(await removeOwn(trx, subject)),
    ...(await renameAuthor(trx, subject, pseudonym, nowMs)),
    ...(subject.startsWith(PROVIDER)
      ? await renameOperator(trx, subject.slice(PROVIDER.length), pseudonym.unionId)
      : {}),
    silences: await renameInSilences(trx, names, pseudonym.name),
  };
  const rows = Object.fromEntries(Object.entries(counts).map(([what, count]) => [what, Number(count)]));
  const entry: AuditEntry = {
    at: nowMs,
    action: 'person-forgotten',
    outcome: 'done',
    reason: null,
    requestId: null,
    who: { subject: null, name: userName, role: null },
    target: { kind: 'person', id: pseudonym.subject },
    about: Object.entries(rows)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${what}=${count}`)
      .join('&'),
    address: 'command line',
  };
  await recordIn(trx, [entry], sealer);
  const { entries } = await trx
    .selectFrom('audit_entries')
    .select((each) => each.fn.countAll<number>().as('entries'))
    .where((each) => each.or([each('subject', '=', subject), each('target_id', '=', subject)]))
    .executeTakeFirstOrThrow();
  return { pseudonym, rows, auditEntries: Number(entries) };
}

function newPseudonym(): Pseudonym {
  const id = randomBytes(8).toString('hex');
  return { subject: `former:${id}`, unionId: `former${id}`, name: `Former user ${id.slice(0, 4)}` };
}

/** What belongs to the person alone. */
async function removeOwn(trx: Transaction<Tables>, subject: string) {
  const remove = async (table: 'pins' | 'saved_views' | 'recents' | 'sessions' | 'person_checks') =>
    (await trx.deleteFrom(table).where('subject', '=', subject).executeTakeFirst()).numDeletedRows;
  return {
    pins: await remove('pins'),
    views: await remove('saved_views'),
    recents: await remove('recents'),
    sessions: await remove('sessions'),
    personChecks: await remove('person_checks'),
    secretUses: (await trx.deleteFrom('secret_uses').where('key', '=', subject).executeTakeFirst())
      .numDeletedRows,
  };
}

/** What others need as well stays, under the pseudonym. */
async function renameAuthor(trx: Transaction<Tables>, subject: string, to: Pseudonym, nowMs: number) {
  const tokens = await trx
    .updateTable('api_tokens')
    .set((each) => ({
      creator: to.subject,
      creator_name: to.name,
      claims: '{}',
      revoked_at: each.fn.coalesce('revoked_at', sql<number>`${nowMs}`),
    }))
    .where('creator', '=', subject)
    .executeTakeFirst();
  const notes = await trx
    .updateTable('notes')
    .set({ author: to.subject, author_name: to.name })
    .where('author', '=', subject)
    .executeTakeFirst();
  const removedNotes = await trx
    .updateTable('notes')
    .set({ removed_by: to.subject })
    .where('removed_by', '=', subject)
    .executeTakeFirst();
  const checks = await trx
    .updateTable('checklist_answers')
    .set({ subject: to.subject, name: to.name })
    .where('subject', '=', subject)
    .executeTakeFirst();
  const discoveries = await trx
    .updateTable('discovery_runs')
    .set({ started_by: to.subject })
    .where('started_by', '=', subject)
    .executeTakeFirst();
  const calls = await trx
    .updateTable('api_calls')
    .set({ asked_by: to.subject })
    .where('asked_by', '=', subject)
    .executeTakeFirst();
  return {
    tokens: tokens.numUpdatedRows,
    notes: notes.numUpdatedRows,
    removedNotes: removedNotes.numUpdatedRows,
    checks: checks.numUpdatedRows,
    discoveries: discoveries.numUpdatedRows,
    calls: calls.numUpdatedRows,
  };
}

/** In whose name DingTalk was asked. What DingTalk sent is sealed and stays until it is tidied. */
async function renameOperator(trx: Transaction<Tables>, unionId: string, to: string) {
  const counts: Record<string, bigint> = {};
  for (const table of ['readings', 'refusals', 'devices', 'absent_devices'] as const) {
    const result = await trx
      .updateTable(table)
      .set({ operator_union_id: to })
      .where('operator_union_id', '=', unionId)
      .executeTakeFirst();
    counts[table] = result.numUpdatedRows;
  }
  return counts;
}

/** The names under which the person is kept. */
async function namesOf(trx: Transaction<Tables>, subject: string): Promise<Set<string>> {
  const [sessions, tokens, notes, checks] = await Promise.all([
    trx.selectFrom('sessions').select('claims').where('subject', '=', subject).execute(),
    trx.selectFrom('api_tokens').select('creator_name as name').where('creator', '=', subject).execute(),
    trx.selectFrom('notes').select('author_name as name').where('author', '=', subject).execute(),
    trx.selectFrom('checklist_answers').select('name').where('subject', '=', subject).execute(),
  ]);
  const claimed = sessions.flatMap(({ claims }) => {
    const { name } = JSON.parse(claims) as { name?: unknown };
    return typeof name === 'string' ? [name] : [];
  });
  return new Set([...claimed, ...[...tokens, ...notes, ...checks].map(({ name }) => name)]);
}

/** A silence keeps the name of whoever made it, and nothing else of the person. */
async function renameInSilences(trx: Transaction<Tables>, names: ReadonlySet<string>, to: string) {
  let changed = 0;
  for (const { id, body } of await trx.selectFrom('silences').select(['id', 'body']).execute()) {
    const silence = JSON.parse(body) as { by?: unknown };
    if (typeof silence.by !== 'string' || !names.has(silence.by)) continue;
    const renamed = JSON.stringify({ ...silence, by: to });
    await trx.updateTable('silences').set({ body: renamed }).where('id', '=', id).execute();
    changed += 1;
  }
  return changed;
}
