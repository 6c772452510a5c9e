import type { AccessTables } from './access/tables.ts';
import type { AlertTables } from './alerts/tables.ts';
import type { AuditTables } from './audit/tables.ts';
import type { BudgetTables } from './budget/tables.ts';
import type { DeviceTables } from './devices/tables.ts';
import type { DiscoveryTables } from './discovery/tables.ts';
import type { EventTables } from './events/tables.ts';
import type { HistoryTables } from './history/tables.ts';
import type { IssueTables } from './issues/tables.ts';
import type { JobTables } from './jobs/tables.ts';
import type { NoteTables } from './notes/tables.ts';
import type { RetentionTables } from './retention/tables.ts';
import type { RoomTables } from './rooms/tables.ts';
import type { PersonalTables } from './search/tables.ts';

/** Rows of every table. Times are milliseconds since the epoch. */
export type Tables = DeviceTables &
  HistoryTables &
  RoomTables &
  DiscoveryTables &
  EventTables &
  IssueTables &
  AlertTables &
  BudgetTables &
  JobTables &
  PersonalTables &
  AccessTables &
  AuditTables &
  NoteTables &
  RetentionTables;
