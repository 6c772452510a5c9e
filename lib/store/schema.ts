import { type AlertTables, alertMigration } from './schema/attention.ts';
import { type AuditTables, auditMigration } from './schema/audit.ts';
import { type AuditExportTables, auditExportMigration } from './schema/audit-exports.ts';
import { type CheckTables, checkMigration } from './schema/checks.ts';
import { digestMigration } from './schema/digests.ts';
import { type DiscoveryTables, discoveryMigration } from './schema/discovery.ts';
import { type DutyTables, dutyMigration } from './schema/duties.ts';
import { type EventTables, eventMigration } from './schema/events.ts';
import { type FeedTables, feedMigration } from './schema/feed.ts';
import { type InventoryTables, inventoryMigration } from './schema/inventory.ts';
import { type IssueTables, issueMigration } from './schema/issues.ts';
import { type LedgerTables, ledgerMigration } from './schema/ledger.ts';
import { type NoteTables, noteMigration } from './schema/notes.ts';
import { type PersonalTables, personalMigration } from './schema/personal.ts';
import { type ReadingTables, readingMigration } from './schema/readings.ts';
import { sealedMigration } from './schema/sealed.ts';
import { type SecretUseTables, secretUseMigration } from './schema/secret-uses.ts';
import { type SessionTables, sessionMigration } from './schema/sessions.ts';
import { type SpendingLimitTables, spendingLimitMigration } from './schema/spending-limits.ts';
import { suspicionMigration } from './schema/suspicions.ts';
import { type TidiedTables, tidiedMigration } from './schema/tidied.ts';
import { type TokenTables, tokenMigration } from './schema/tokens.ts';
import { toldByEventMigration } from './schema/told-by-event.ts';
import { type VersionTables, versionMigration } from './schema/versions.ts';

/** Tables as they are after every migration. Times are milliseconds since the epoch. */
export type Tables = ReadingTables &
  InventoryTables &
  DiscoveryTables &
  LedgerTables &
  DutyTables &
  FeedTables &
  EventTables &
  PersonalTables &
  TidiedTables &
  VersionTables &
  SessionTables &
  TokenTables &
  NoteTables &
  AuditTables &
  AuditExportTables &
  IssueTables &
  CheckTables &
  AlertTables &
  SpendingLimitTables &
  SecretUseTables;

/** Written with the words both engines share. What was released is never changed, only followed by another. */
export const migrations = {
  '0001-readings': readingMigration,
  '0002-inventory': inventoryMigration,
  '0003-discovery': discoveryMigration,
  '0004-ledger': ledgerMigration,
  '0005-duties': dutyMigration,
  '0006-feed': feedMigration,
  '0007-personal': personalMigration,
  '0008-events': eventMigration,
  '0009-told-by-event': toldByEventMigration,
  '0010-tidied': tidiedMigration,
  '0011-versions': versionMigration,
  '0012-sessions': sessionMigration,
  '0013-tokens': tokenMigration,
  '0014-audit': auditMigration,
  '0015-findings': issueMigration,
  '0016-checks': checkMigration,
  '0017-notes': noteMigration,
  '0018-attention': alertMigration,
  '0020-suspicions': suspicionMigration,
  '0022-secret-uses': secretUseMigration,
  '0023-audit-exports': auditExportMigration,
  '0024-sealed': sealedMigration,
  '0026-spending-limits': spendingLimitMigration,
  '0028-digests': digestMigration,
};
