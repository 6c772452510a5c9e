import type { Kysely } from 'kysely';
import { WATCH_REACH_MS, type Watch } from '#lib/domain/history/status-mark.ts';
import type { Tables } from '#lib/store/schema.ts';

/**
 * When events came in, within a window. An open door says nothing while DingTalk was not told to use it, so nothing
 * counts before the first event that told a state.
 */
export async function joinedWatches(db: Kysely<Tables>, from: number, to: number): Promise<Watch[]> {
  const first = await db
    .selectFrom('status_marks')
    .select('at')
    .where('source', '=', 'event')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  if (!first) return [];
  const rows = await db
    .selectFrom('event_coverage')
    .select(['from_at', 'to_at'])
    .where('to_at', '>=', Math.max(from, first.at) - WATCH_REACH_MS)
    .where('from_at', '<=', to)
    .orderBy('from_at')
    .execute();
  const joined: Watch[] = [];
  for (const row of rows) {
    // Nobody knows of a break that is shorter than the distance between two words of it.
    const watch = { from: Math.max(row.from_at, first.at), to: Math.min(to, row.to_at + WATCH_REACH_MS) };
    const last = joined.at(-1);
    if (last && watch.from <= last.to) last.to = Math.max(last.to, watch.to);
    else joined.push(watch);
  }
  return joined;
}
