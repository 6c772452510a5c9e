import { sql } from 'kysely';
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
import { leaseStore } from './jobs/sql-jobs.ts';
import { checkStore } from './notes/sql-checks.ts';
import { noteStore } from './notes/sql-notes.ts';
import { retentionStore } from './retention/sql-retention.ts';
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
    ...leaseStore(engine),
    ...feedStore(engine),
    ...personalStore(engine),
    ...events,
    ...aroundStore(engine, { ...inventory, ...events }),
    ...issueStore(engine),
    ...beforeStore(engine),
    ...checkStore(engine, inventory),
    ...alertStore(engine),
    ...retentionStore(engine),
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
