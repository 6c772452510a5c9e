import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Tables } from '#lib/store/schema.ts';
import type { Vault } from '#lib/store/sealing/vault.ts';
import type { Announcement } from './feed.ts';
import type { Memory } from './memory.ts';

/** What the queries need of a database, whichever it is. */
export type Engine = {
  db: Kysely<Tables>;
  memory: Memory;
  /** Seals and opens what rooms keep secret. */
  vault: Vault;
  /** The database's own clock, whole milliseconds since the epoch. */
  nowMs: RawBuilder<number>;
  /** Whether other processes may be writing to it. */
  manyInstances: boolean;
  /** Tells the other instances, inside the transaction, that the feed grew. */
  notify: (trx: Transaction<Tables>) => Promise<void>;
  /** Who listens to the feed in this process. */
  listeners: Set<() => void>;
};

/** A write in progress: its transaction, and how it says what pages show changed. */
export type Writing = {
  trx: Transaction<Tables>;
  vault: Vault;
  announce: (...entries: Announcement[]) => void;
};
