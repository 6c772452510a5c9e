import type { TokenStore } from './access/api-tokens.ts';
import type { SecretUseStore } from './access/secret-uses.ts';
import type { SessionStore } from './access/sessions.ts';
import type { AlertStore } from './alerts/alerts.ts';
import type { DeliveryStore } from './alerts/deliveries.ts';
import type { AuditExportStore } from './audit/audit-exports.ts';
import type { AuditStore } from './audit/audit-log.ts';
import type { CallSlotStore } from './budget/call-slots.ts';
import type { LedgerStore } from './budget/ledger.ts';
import type { ReadingStore } from './devices/readings.ts';
import type { DiscoveryStore } from './discovery/discovery-runs.ts';
import type { FeedStore } from './events/change-feed.ts';
import type { EventStore } from './events/events.ts';
import type { PastStore } from './history/as-of.ts';
import type { BeforeStore } from './history/preceding-changes.ts';
import type { DeviceCountStore } from './inventory/device-counts.ts';
import type { InventoryStore } from './inventory/inventory.ts';
import type { AroundStore } from './inventory/surroundings.ts';
import type { IssueStore } from './issues/issues.ts';
import type { LeaseStore } from './jobs/jobs.ts';
import type { CheckStore } from './notes/checklist.ts';
import type { NoteStore } from './notes/notes.ts';
import type { RetentionStore } from './retention/retention.ts';
import type { RoomStore } from './rooms/rooms.ts';
import type { SealingStore } from './sealing/sealing.ts';
import type { PersonalStore } from './search/pins-and-recents.ts';

/** All stored data, in terms of the domain. Times are milliseconds since the epoch. Promises settle when the data is durable. */
export type Store = ReadingStore &
  InventoryStore &
  DeviceCountStore &
  LedgerStore &
  CallSlotStore &
  RoomStore &
  DiscoveryStore &
  LeaseStore &
  FeedStore &
  PersonalStore &
  EventStore &
  RetentionStore &
  SealingStore &
  PastStore &
  SessionStore &
  SecretUseStore &
  TokenStore &
  NoteStore &
  AroundStore &
  BeforeStore &
  IssueStore &
  CheckStore &
  AlertStore &
  DeliveryStore &
  AuditExportStore &
  AuditStore & {
    /** Resolves when the store can answer. */
    ping(): Promise<void>;
    close(): Promise<void>;
  };
