import { type DoctorFactName, fact } from '#lib/domain/diagnostics/doctor.ts';
import { iso } from '#lib/domain/iso.ts';
import { type AuditFound, checkAudit } from '#lib/services/audit/check-audit.ts';
import { type Inspected, NoDatabase, withInspected } from '#lib/store/inspect.ts';
import { MIGRATION_NAMES } from '#lib/store/migrations/migrations.ts';
import { isPreRelease } from '#lib/store/migrations/pre-release.ts';
import type { DiagnosticContext } from './diagnostic-context.ts';
import type { Found, Step, Walk } from './run-steps.ts';

/** Leases and rates go by the database's clock, ages by the server's: a second is noise, more is a clock that is wrong. */
const DATABASE_APART_MS = 5_000;

/** DingTalk tells its time in whole seconds over a network; what is further apart is a clock that is wrong. */
export const DINGTALK_APART_MS = 30_000;

/** This server's clock against DingTalk's and the database's. No call of its own. */
export const CLOCK: Step = {
  name: 'clock',
  needs: [],
  async run({ context }) {
    const apart = context.checkup?.outcomes().findLast(({ aheadMs }) => aheadMs !== null)?.aheadMs ?? null;
    const theirs = apart === null ? fact('clock-untold') : apartFact('clock-dingtalk', apart);
    const database = await databaseApart(context);
    const facts = [theirs, ...(database === null ? [] : [apartFact('clock-database', database)])];
    if (apart !== null && Math.abs(apart) > DINGTALK_APART_MS)
      return { state: 'failed', trouble: 'clock-off', facts };
    if (database !== null && Math.abs(database) > DATABASE_APART_MS)
      return { state: 'failed', trouble: 'database-clock-off', facts };
    return { state: apart === null && database === null ? 'unknown' : 'ok', facts };
  },
};

/** A header tells whole seconds, so that less than two of them are no difference that anybody has seen. */
function apartFact(name: 'clock-dingtalk' | 'clock-database', apart: number) {
  const [ms, direction] = [Math.abs(apart), apart < 0 ? 'behind' : 'ahead'];
  if (ms >= 2_000) return fact(name, { apart: `${Math.round(ms / 1_000)} s`, direction });
  return fact(name, { apart: name === 'clock-dingtalk' ? '< 2 s' : `${ms} ms`, direction });
}

async function databaseApart({ place, clock }: DiagnosticContext): Promise<number | null> {
  if (place === null) return null;
  try {
    return await withInspected(place, async (database) => {
      const before = clock.now();
      const theirs = await database.nowMs();
      return Math.round(theirs - (before + clock.now()) / 2);
    });
  } catch {
    // That it cannot be reached is what the next step says.
    return null;
  }
}

/** Whether the database can be reached, is of this version and keeps what is written. */
export const DATABASE: Step = {
  name: 'database',
  needs: [],
  lacks: ({ context }) => (context.place === null ? 'configuration' : undefined),
  async run({ context }) {
    const { place } = context;
    if (place === null) throw new Error('A step was looked at without what it needs.');
    try {
      return await withInspected(place, (database) => inspectBody(database, context));
    } catch (error) {
      if (error instanceof NoDatabase) {
        return {
          state: 'failed',
          trouble: 'database-unreachable',
          facts: [fact('database-none', { place: place.dataDir })],
        };
      }
      const text = error instanceof Error ? error.message : String(error);
      return { state: 'failed', trouble: 'database-unreachable', facts: [fact('database-says', { text })] };
    }
  },
};

async function inspectBody(database: Inspected, context: DiagnosticContext): Promise<Found> {
  await database.nowMs();
  const answers = fact('database-answers', { engine: database.engine });
  const { unknown, missing, last } = versionOf(await database.migrations());
  if (unknown) {
    const facts = [answers, fact('database-unknown', { name: unknown })];
    const trouble = isPreRelease(unknown) ? 'database-pre-release' : 'database-newer';
    return { state: 'failed', trouble, facts, isInTheWay: false };
  }
  if (missing.length > 0) {
    const facts = [answers, fact('database-missing', { names: missing.join(', ') })];
    return { state: 'failed', trouble: 'database-older', facts, isInTheWay: false };
  }
  const facts = [answers, fact('database-current', { name: last })];
  const { store, clock, instanceId } = context;
  if (store === null) return { state: 'ok', facts };
  const started = clock.elapsed();
  try {
    // A lease is written through to the disk like every reading, and leaves nothing behind.
    const name = `doctor ${instanceId}`;
    await store.takeLease(name, instanceId, 1_000);
    await store.releaseLease(name, instanceId);
  } catch (error) {
    const says = fact('database-says', { text: error instanceof Error ? error.message : String(error) });
    return { state: 'failed', trouble: 'database-not-durable', facts: [...facts, says], isInTheWay: false };
  }
  return {
    state: 'ok',
    facts: [...facts, fact('database-durable', { ms: Math.round(clock.elapsed() - started) })],
  };
}

/** How a database's migrations compare with this version's. */
export function versionOf(found: readonly string[]) {
  const unknown = found.findLast((name) => !MIGRATION_NAMES.includes(name));
  const missing = MIGRATION_NAMES.filter((name) => !found.includes(name));
  return { unknown, missing, last: found.at(-1) ?? '' };
}

/** Whether the audit log is as it was written. */
export const AUDIT: Step = {
  name: 'audit',
  needs: ['database'],
  lacks: ({ context: { place, sealer } }) =>
    place === null || sealer === null ? 'configuration' : undefined,
  run: async (walk) => checkAuditChain(walk),
};

async function checkAuditChain({ context: { place, sealer, remembered } }: Walk): Promise<Found> {
  if (place === null || sealer === null) throw new Error('A step was looked at without what it needs.');
  return withInspected(place, async (database): Promise<Found> => {
    if (!(await database.migrations()).includes('0001-initial'))
      return { state: 'ok', facts: [fact('audit-none')] };
    const found = await checkAudit(database, sealer, remembered);
    if (found.broken) {
      const { seq, fault } = found.broken;
      const trouble = fault === 'unsealed' ? 'audit-unsealed' : 'audit-broken';
      return { state: 'failed', trouble, facts: [fact(`audit-${fault}` satisfies DoctorFactName, { seq })] };
    }
    if (found.remembered === false) {
      const facts = [fact('audit-not-remembered', { seq: remembered?.seq ?? 0 })];
      return { state: 'failed', trouble: 'audit-cut', facts };
    }
    return { state: 'ok', facts: wholeChain(found) };
  });
}

function wholeChain({ entries, head, keyChanges, remembered }: AuditFound) {
  if (!head) return [fact('audit-none')];
  const changes = keyChanges.map(({ seq, at }) => `${seq} (${iso(at)})`).join(', ');
  return [
    fact('audit-whole', {
      entries: entries.toLocaleString('en'),
      head: `${head.seq}:${head.hash.slice(0, 16)}`,
    }),
    ...(remembered ? [fact('audit-remembered')] : []),
    ...(changes ? [fact('audit-key-changes', { changes })] : []),
  ];
}
