import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Engine } from './engine.ts';
import { withPlainTrouble } from './plain-trouble.ts';
import { migrations, type Tables } from './schema.ts';
import { aroundStore } from './sql-around.ts';
import { attentionStore } from './sql-attention.ts';
import { auditStore } from './sql-audit.ts';
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
    ...pastStore(engine),
    ...auditStore(engine),
    ...sessionStore(engine),
    ...tokenStore(engine),
    ...noteStore(engine),
    ping: async () => void (await sql`select 1`.execute(engine.db)),
    close,
  });
}

/** Brings the tables up to date. Several processes may do so at once: the first one does, the others wait for it. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (!error) return;
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(`The database could not be brought up to date: ${reason}`, { cause: error });
}

/** What brings the tables from one version to another; inside a transaction when it is given one. */
export const migratorOf = (db: Kysely<Tables>): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => migrations } });
