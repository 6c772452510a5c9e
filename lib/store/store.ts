import type { AroundStore } from './around-store.ts';
import type { AttentionStore } from './attention-store.ts';
import type { AuditExportStore } from './audit-export-store.ts';
import type { AuditStore } from './audit-store.ts';
import type { BeforeStore } from './before-store.ts';
import type { CheckStore } from './check-store.ts';
import type { DiscoveryStore } from './discovery-store.ts';
import type { DutyStore, FeedStore } from './duty-store.ts';
import type { EventStore } from './event-store.ts';
import type { FindingStore } from './finding-store.ts';
import type { InventoryStore } from './inventory-store.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { NoteStore } from './note-store.ts';
import type { PastStore } from './past-store.ts';
import type { PersonalStore } from './personal-store.ts';
import type { ReadingStore } from './reading-store.ts';
import type { SealingStore } from './sealing-store.ts';
import type { SecretUseStore } from './secret-use-store.ts';
import type { SessionStore } from './session-store.ts';
import type { TidyStore } from './tidy-store.ts';
import type { TokenStore } from './token-store.ts';

/** Everything the desk remembers, in domain words. Times are milliseconds since the epoch; promises settle when durable. */
export type Store = ReadingStore &
  InventoryStore &
  LedgerStore &
  DiscoveryStore &
  DutyStore &
  FeedStore &
  PersonalStore &
  EventStore &
  TidyStore &
  SealingStore &
  PastStore &
  SessionStore &
  SecretUseStore &
  TokenStore &
  NoteStore &
  AroundStore &
  BeforeStore &
  FindingStore &
  CheckStore &
  AttentionStore &
  AuditExportStore &
  AuditStore & {
    /** Resolves when the store can answer. */
    ping(): Promise<void>;
    close(): Promise<void>;
  };
