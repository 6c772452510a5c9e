import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { secretUseStore } from './access/sql-secret-uses.ts';
import { sessionStore } from './access/sql-sessions.ts';
import { tokenStore } from './access/sql-tokens.ts';
import { alertStore } from './alerts/sql-alerts.ts';
import { auditStore } from './audit/sql-audit.ts';
import { auditExportStore } from './audit/sql-audit-exports.ts';
import { ledgerStore } from './budget/sql-ledger.ts';
import { withPlainTrouble } from './database-errors.ts';
import { readingStore } from './devices/sql-readings.ts';
import { discoveryStore } from './discovery/sql-discovery.ts';
import type { Engine } from './engine/engine.ts';
import { eventStore } from './events/sql-events.ts';
import { pastStore } from './history/sql-as-of.ts';
import { beforeStore } from './history/sql-preceding-changes.ts';
import { inventoryStore } from './inventory/sql-inventory.ts';
import { aroundStore } from './inventory/sql-surroundings.ts';
import { issueStore } from './issues/sql-issues.ts';
import { dutyStore } from './jobs/sql-jobs.ts';
import { checkStore } from './notes/sql-checks.ts';
import { noteStore } from './notes/sql-notes.ts';
import { tidyStore } from './retention/sql-retention.ts';
import { migrations, type Tables } from './schema.ts';
import { sealingStore } from './sealing/sql-sealing.ts';
import { personalStore } from './search/sql-personal.ts';
import { feedStore } from './sql-feed.ts';
import type { Store } from './store.ts';

/** The store on any engine: the queries are written once, the engine is handed in with the way to close it. */
export function createSqlStore(engine: Engine, close: () => Promise<void>): Store {
  const [inventory, events] = [inventoryStore(engine), eventStore(engine)];
  return withPlainTrouble({
    ...readingStore(engine),
    ...inventory,
    ...discoveryStore(engine),
    ...ledgerStore(engine),
    ...dutyStore(engine),
    ...feedStore(engine),
    ...personalStore(engine),
    ...events,
    ...aroundStore(engine, { ...inventory, ...events }),
    ...issueStore(engine),
    ...beforeStore(engine),
    ...checkStore(engine, inventory),
    ...alertStore(engine),
    ...tidyStore(engine),
    ...sealingStore(engine),
    ...pastStore(engine),
    ...auditStore(engine),
    ...auditExportStore(engine),
    ...sessionStore(engine),
    ...secretUseStore(engine),
    ...tokenStore(engine),
    ...noteStore(engine),
    ping: async () => void (await sql`select 1`.execute(engine.db)),
    close,
  });
}

/**
 * Brings the tables up to date. Several processes may do so at once: the first one does, the others wait for it. Rejects
 * with a sentence for the administrator, which names the migration when a newer version wrote the database.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (!error) return;
  // Kysely calls this "corrupted migrations".
  const newer = await newestUnknown(db).catch(() => undefined);
  if (newer !== undefined) {
    throw new Error(
      `This database was written by a newer version of Rooms Desk: it has "${newer}", which this version does not know. ` +
        'Install the version that wrote it, or restore a backup of this version into an empty database.',
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(`The database could not be brought up to date: ${reason}`, { cause: error });
}

async function newestUnknown(db: Kysely<Tables>): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name).findLast((name) => !Object.hasOwn(migrations, name));
}

/** What brings the tables from one version to another; inside a transaction when it is given one. */
export const migratorOf = (db: Kysely<Tables>): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => migrations } });
