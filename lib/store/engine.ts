import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { type Announcement, announceIn, wake } from './feed.ts';
import type { Memory } from './memory.ts';
import type { Tables } from './schema.ts';
import type { Vault } from './sealing/vault.ts';
import { keepVersions } from './versions.ts';

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

/**
 * Runs `work` in one transaction, keeps what lists show of what it announced, adds that to the feed, and wakes the
 * listeners when it is durable. The head of the feed is locked last and held until the commit, so `seq` follows the order of commits.
 */
export async function write<T>(engine: Engine, work: (writing: Writing) => Promise<T>): Promise<T> {
  const announced: Announcement[] = [];
  engine.memory.forget();
  try {
    return await engine.db.transaction().execute(async (trx) => {
      const answer = await work({
        trx,
        vault: engine.vault,
        announce: (...entries) => void announced.push(...entries),
      });
      if (announced.length > 0) {
        await keepVersions(trx, announced);
        await announceIn(trx, announced);
        await engine.notify(trx);
      }
      return answer;
    });
  } finally {
    engine.memory.forget();
    // Also after a failure: a commit whose answer was lost may have happened.
    if (announced.length > 0) wake(engine.listeners);
  }
}
