import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Engine } from './engine.ts';
import { withPlainTrouble } from './plain-trouble.ts';
import { migrations, type Tables } from './schema.ts';
import { aroundStore } from './sql-around.ts';
import { attentionStore } from './sql-attention.ts';
import { auditStore } from './sql-audit.ts';
import { auditExportStore } from './sql-audit-exports.ts';
import { beforeStore } from './sql-before.ts';
import { checkStore } from './sql-checks.ts';
import { discoveryStore } from './sql-discovery.ts';
import { dutyStore } from './sql-duties.ts';
import { eventStore } from './sql-events.ts';
import { feedStore } from './sql-feed.ts';
import { findingStore } from './sql-findings.ts';
import { inventoryStore } from './sql-inventory.ts';
import { ledgerStore } from './sql-ledger.ts';
import { noteStore } from './sql-notes.ts';
import { pastStore } from './sql-past.ts';
import { personalStore } from './sql-personal.ts';
import { readingStore } from './sql-readings.ts';
import { sealingStore } from './sql-sealing.ts';
import { secretUseStore } from './sql-secret-uses.ts';
import { sessionStore } from './sql-sessions.ts';
import { tidyStore } from './sql-tidy.ts';
import { tokenStore } from './sql-tokens.ts';
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
    ...findingStore(engine),
    ...beforeStore(engine),
    ...checkStore(engine, inventory),
    ...attentionStore(engine),
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
