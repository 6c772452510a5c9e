import type { Kysely } from 'kysely';
import { createAccessTables } from './initial/access.ts';
import { createAlertTables } from './initial/alerts.ts';
import { createAuditTables } from './initial/audit.ts';
import { createBudgetTables } from './initial/budget.ts';
import { createDeviceTables } from './initial/devices.ts';
import { createDiscoveryTables } from './initial/discovery.ts';
import { createEventTables } from './initial/events.ts';
import { createHistoryTables } from './initial/history.ts';
import { createIssueTables } from './initial/issues.ts';
import { createJobTables } from './initial/jobs.ts';
import { createNoteTables } from './initial/notes.ts';
import { createPersonalTables } from './initial/personal.ts';
import { createRetentionTables } from './initial/retention.ts';
import { createRoomTables } from './initial/rooms.ts';

/** The tables of the first release. Times are milliseconds since the epoch. */
export const initialMigration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createDeviceTables(db);
    await createHistoryTables(db);
    await createRoomTables(db);
    await createDiscoveryTables(db);
    await createEventTables(db);
    await createIssueTables(db);
    await createAlertTables(db);
    await createBudgetTables(db);
    await createJobTables(db);
    await createPersonalTables(db);
    await createAccessTables(db);
    await createAuditTables(db);
    await createNoteTables(db);
    await createRetentionTables(db);
  },
};
