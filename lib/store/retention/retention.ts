import { sql } from 'kysely';
import {
  RETENTION_MS,
  RETENTION_PARTS,
  type RetentionPart,
  type RetentionPlace,
} from '#lib/domain/history/retention.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import type { Vault } from '#lib/store/sealing/vault.ts';
import { deleteOldSecretUses, deleteOldSessions, deleteOldTokens } from './access-retention.ts';
import { deleteOldAlerts } from './alert-retention.ts';
import { deleteOldChecklistAnswers } from './checklist-retention.ts';
import { downsampleReadings, dropOldReadings } from './downsample-readings.ts';
import { deleteOldIssues } from './issue-retention.ts';
import { deleteOldVersions } from './list-version-retention.ts';
import { deleteOldNotes } from './note-retention.ts';
import {
  byDevice,
  deviceAfter,
  endOfSome,
  goOn,
  MOST_DEVICES,
  MOST_ROWS,
  type RetentionStep,
} from './retention-step.ts';

/** What is too old is let go, by the rules of `lib/domain/history/retention.ts`. */
export type RetentionStore = {
  /** When everything was last tidied, milliseconds since the epoch; 0 if it never was. */
  retentionRanAt(): Promise<number>;
  /**
   * One short step from `place`, from the beginning without one: a transaction of a few hundred rows, so that nobody waits
   * for it. Answers how many rows went and where to go on, null when everything is tidy.
   */
  deleteOld(
    place: RetentionPlace | null,
    now: number,
  ): Promise<{ removed: number; next: RetentionPlace | null }>;
};

const DAY_MS = 24 * 60 * 60_000;

/** See `RetentionStore`. */
export function retentionStore({ db, memory, vault }: Engine): RetentionStore {
  const steps = { ...STEPS, readings: deleteOldReadings(vault) };
  return {
    retentionRanAt: async () =>
      (await db.selectFrom('retention_runs').select('at').executeTakeFirstOrThrow()).at,
    async deleteOld(place, now) {
      const { part, after, from } = place ?? beginningOf(RETENTION_PARTS[0]);
      const step = await steps[part](db, { part, after, from }, now);
      if (step.removed > 0) memory.forget();
      if (step.next) return step;
      const following = RETENTION_PARTS[RETENTION_PARTS.indexOf(part) + 1];
      if (following) return { ...step, next: beginningOf(following) };
      await db
        .updateTable('retention_runs')
        .set({ downsampled_until: thinnableUntil(now), at: now })
        .execute();
      return step;
    },
  };
}

const beginningOf = (part: RetentionPart): RetentionPlace => ({ part, after: '', from: null });

/** Whole days, so that each is thinned out once. */
const thinnableUntil = (now: number) => Math.floor((now - RETENTION_MS.everyReading) / DAY_MS) * DAY_MS;

const STEPS: Record<Exclude<RetentionPart, 'readings'>, RetentionStep> = {
  status_marks: (db, place, now) =>
    byDevice(db, place, async (key) => {
      const cut = now - RETENTION_MS.history;
      const row = await db
        .selectFrom('devices')
        .select('state_since')
        .where('key', '=', key)
        .executeTakeFirst();
      const { newest } = await db
        .selectFrom('status_marks')
        .select((each) => each.fn.max('at').as('newest'))
        .where('device_key', '=', key)
        .executeTakeFirstOrThrow();
      // Since when it is as it is, and what it was last, are known however long ago that was.
      const old = db
        .selectFrom('status_marks')
        .select('at')
        .where('device_key', '=', key)
        .where('at', '<', Math.min(cut, newest))
        .where('at', '!=', row?.state_since ?? -1);
      const until = await endOfSome(old.orderBy('at'));
      if (until === null) return 0;
      const removed = await db
        .deleteFrom('status_marks')
        .where('device_key', '=', key)
        .where('at', '<=', until)
        .where('at', '!=', row?.state_since ?? -1)
        .executeTakeFirst();
      return Number(removed.numDeletedRows);
    }),
  device_alarms: (db, place, now) =>
    byDevice(db, place, async (key) => {
      const old = await db
        .selectFrom('device_alarms as old')
        .select('event_id')
        .where('device_key', '=', key)
        .where('at', '<', now - RETENTION_MS.history)
        // The last word on a rule stays: it may be that the alarm is open.
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('device_alarms as newer')
              .select('newer.at')
              .whereRef('newer.device_key', '=', 'old.device_key')
              .whereRef('newer.rule', '=', 'old.rule')
              .whereRef('newer.at', '>', 'old.at'),
          ),
        )
        .limit(MOST_ROWS)
        .execute();
      if (old.length === 0) return 0;
      const ids = old.map(({ event_id }) => event_id);
      const removed = await db
        .deleteFrom('device_alarms')
        .where('device_key', '=', key)
        .where('event_id', 'in', ids)
        .executeTakeFirst();
      return Number(removed.numDeletedRows);
    }),
  changes: (db, place, now) =>
    byDevice(db, place, async (key) => {
      const old = db
        .selectFrom('changes')
        .select('at')
        .where('device_key', '=', key)
        .where('at', '<', now - RETENTION_MS.history);
      const until = await endOfSome(old.orderBy('at'));
      if (until === null) return 0;
      const removed = await db
        .deleteFrom('changes')
        .where('device_key', '=', key)
        .where('at', '<=', until)
        .executeTakeFirst();
      return Number(removed.numDeletedRows);
    }),
  issues: async (db, place, now) =>
    goOn(place, await deleteOldIssues(db, now - RETENTION_MS.history, MOST_ROWS)),
  async events(db, place, now) {
    const old = db
      .selectFrom('events')
      .select('received_at as at')
      .where('received_at', '<', now - RETENTION_MS.history);
    const until = await endOfSome(old.orderBy('received_at'));
    if (until === null) return { removed: 0, next: null };
    const removed = await db.deleteFrom('events').where('received_at', '<=', until).executeTakeFirst();
    return { removed: Number(removed.numDeletedRows), next: place };
  },
  async api_calls(db, place, now) {
    let removed = 0;
    // Each as the partial index that finds it; a call whose process died is in neither, and stays.
    for (const ending of [
      sql<boolean>`reason is not null`,
      sql<boolean>`ms is not null and reason is null`,
    ]) {
      const old = db
        .selectFrom('api_calls')
        .select('at')
        .where('at', '<', now - RETENTION_MS.calls)
        .where(ending);
      const until = await endOfSome(old.orderBy('at'));
      if (until === null) continue;
      const rows = await db.deleteFrom('api_calls').where('at', '<=', until).where(ending).executeTakeFirst();
      removed += Number(rows.numDeletedRows);
    }
    return { removed, next: removed > 0 ? place : null };
  },
  async event_coverage(db, _, now) {
    const removed = await db
      .deleteFrom('event_coverage')
      .where('to_at', '<', now - RETENTION_MS.history)
      .executeTakeFirst();
    return { removed: Number(removed.numDeletedRows), next: null };
  },
  list_versions: deleteOldVersions,
  sessions: async (db, place, now) =>
    goOn(place, await deleteOldSessions(db, now - RETENTION_MS.endedAccess, MOST_ROWS)),
  api_tokens: async (db, place, now) =>
    goOn(place, await deleteOldTokens(db, now - RETENTION_MS.endedAccess, MOST_ROWS)),
  secret_uses: async (db, place, now) =>
    goOn(place, await deleteOldSecretUses(db, now - RETENTION_MS.secretUses)),
  checklist_answers: async (db, place, now) =>
    goOn(place, await deleteOldChecklistAnswers(db, now - RETENTION_MS.checks, MOST_ROWS)),
  notes: async (db, place, now) =>
    goOn(place, await deleteOldNotes(db, now - RETENTION_MS.removedNotes, MOST_ROWS)),
  deliveries: async (db, place, now) =>
    goOn(place, await deleteOldAlerts(db, now - RETENTION_MS.deliveries, MOST_ROWS)),
};

/** Lets the oldest readings of a device go and thins out those that are not so old, a piece of its past at a time. */
const deleteOldReadings =
  (vault: Vault): RetentionStep =>
  async (db, place, now) => {
    const { downsampled_until } = await db
      .selectFrom('retention_runs')
      .select('downsampled_until')
      .executeTakeFirstOrThrow();
    const until = thinnableUntil(now);
    const begin = Math.max(downsampled_until, now - RETENTION_MS.readings);
    let { after, from } = place;
    for (let seen = 0; seen < MOST_DEVICES; seen += 1) {
      const key = await deviceAfter(db, 'readings', after);
      if (key === null) return { removed: 0, next: null };
      const old = from === null ? await dropOldReadings(db, key, now - RETENTION_MS.readings, MOST_ROWS) : 0;
      if (old > 0) return { removed: old, next: { ...place, after } };
      const { removed, goOnFrom } = await downsampleReadings(
        db,
        vault,
        key,
        { from: from ?? begin, until },
        MOST_ROWS,
      );
      if (goOnFrom === null) {
        after = key;
        from = null;
      } else from = goOnFrom;
      if (removed > 0 || goOnFrom !== null) return { removed, next: { ...place, after, from } };
    }
    return { removed: 0, next: { ...place, after, from } };
  };
