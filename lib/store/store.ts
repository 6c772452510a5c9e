import type { SecretUseStore } from './access/secret-use-store.ts';
import type { SessionStore } from './access/session-store.ts';
import type { TokenStore } from './access/token-store.ts';
import type { AlertStore } from './alerts/alert-store.ts';
import type { AuditExportStore } from './audit/audit-export-store.ts';
import type { AuditStore } from './audit/audit-store.ts';
import type { LedgerStore } from './budget/ledger-store.ts';
import type { ReadingStore } from './devices/reading-store.ts';
import type { DiscoveryStore } from './discovery/discovery-store.ts';
import type { EventStore } from './events/event-store.ts';
import type { PastStore } from './history/as-of-store.ts';
import type { BeforeStore } from './history/preceding-change-store.ts';
import type { InventoryStore } from './inventory/inventory-store.ts';
import type { AroundStore } from './inventory/surroundings-store.ts';
import type { IssueStore } from './issues/issue-store.ts';
import type { FeedStore, LeaseStore } from './jobs/job-store.ts';
import type { CheckStore } from './notes/check-store.ts';
import type { NoteStore } from './notes/note-store.ts';
import type { RetentionStore } from './retention/retention-store.ts';
import type { SealingStore } from './sealing/sealing-store.ts';
import type { PersonalStore } from './search/personal-store.ts';

/** Everything the desk remembers, in domain words. Times are milliseconds since the epoch; promises settle when durable. */
export type Store = ReadingStore &
  InventoryStore &
  LedgerStore &
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
  AuditExportStore &
  AuditStore & {
    /** Resolves when the store can answer. */
    ping(): Promise<void>;
    close(): Promise<void>;
  };
