import type { Engine, Writing } from './engine/engine.ts';
import { type Announcement, announceIn, wake } from './engine/feed.ts';
import { keepVersions } from './history/list-versions.ts';

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
