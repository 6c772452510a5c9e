import { sql } from 'kysely';
import { tokenStore } from './access/api-tokens.ts';
import { secretUseStore } from './access/secret-uses.ts';
import { sessionStore } from './access/sessions.ts';
import { alertStore } from './alerts/alerts.ts';
import { deliveryStore } from './alerts/deliveries.ts';
import { auditExportStore } from './audit/audit-exports.ts';
import { auditStore } from './audit/audit-log.ts';
import { callSlotStore } from './budget/call-slots.ts';
import { ledgerStore } from './budget/ledger.ts';
import { withDescribedErrors } from './database-errors.ts';
import { readingStore } from './devices/readings.ts';
import { discoveryStore } from './discovery/discovery-runs.ts';
import type { Engine } from './engine/engine.ts';
import { feedStore } from './events/change-feed.ts';
import { eventStore } from './events/events.ts';
import { pastStore } from './history/as-of.ts';
import { beforeStore } from './history/preceding-changes.ts';
import { deviceCountStore } from './inventory/device-counts.ts';
import { inventoryStore } from './inventory/inventory.ts';
import { aroundStore } from './inventory/surroundings.ts';
import { issueStore } from './issues/issues.ts';
import { leaseStore } from './jobs/jobs.ts';
import { checkStore } from './notes/checklist.ts';
import { noteStore } from './notes/notes.ts';
import { retentionStore } from './retention/retention.ts';
import { roomStore } from './rooms/rooms.ts';
import { sealingStore } from './sealing/sealing.ts';
import { personalStore } from './search/pins-and-recents.ts';
import type { Store } from './store.ts';

/** The store on any engine: the queries are written once, the engine is handed in with the way to close it. */
export function createSqlStore(engine: Engine, close: () => Promise<void>): Store {
  const [inventory, events] = [inventoryStore(engine), eventStore(engine)];
  return withDescribedErrors({
    ...readingStore(engine),
    ...inventory,
    ...roomStore(engine),
    ...discoveryStore(engine),
    ...ledgerStore(engine),
    ...callSlotStore(engine),
    ...leaseStore(engine),
    ...feedStore(engine),
    ...personalStore(engine),
    ...events,
    ...aroundStore(engine, { ...inventory, ...events }),
    ...issueStore(engine),
    ...deviceCountStore(engine),
    ...beforeStore(engine),
    ...checkStore(engine, inventory),
    ...alertStore(engine),
    ...deliveryStore(engine),
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
