import { sql } from 'kysely';
import type { JobPause } from '#lib/domain/discovery/job-pause.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { write } from '#lib/store/write.ts';

/** What instances agree on through the store. */
export type LeaseStore = {
  /**
   * Takes or prolongs a lease by name for `ttlMs`, unless somebody else holds it. By the database's own clock, so that
   * instances need not agree on the time. Answers who holds it now.
   */
  takeLease(name: string, holder: string, ttlMs: number): Promise<{ held: boolean; holder: string }>;
  /** Gives a lease back at once; another's is left alone. */
  releaseLease(name: string, holder: string): Promise<void>;
  /** Who holds a lease now; null when nobody does. */
  leaseHolder(name: string): Promise<string | null>;
  /** Pauses the jobs that query DingTalk, or moves the next attempt of a pause; its beginning stays. */
  pauseJobs(pause: JobPause): Promise<void>;
  /** Why those jobs are paused; null when they are not. */
  jobPause(): Promise<JobPause | null>;
  /** Ends the pause at a moment, if there is one. */
  resumeJobs(at: number): Promise<void>;
  /** Whether other processes may be writing: then questions are shared through leases too. */
  readonly manyInstances: boolean;
};

/** Leases and the pause of jobs in SQL. Leases are neither remembered nor shown, so they leave memory alone. */
export function leaseStore(engine: Engine): LeaseStore {
  const { db, manyInstances } = engine;
  return {
    manyInstances,
    takeLease: (name, holder, ttlMs) => takeLease(engine, name, holder, Math.ceil(ttlMs)),
    async releaseLease(name, holder) {
      await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
    },
    leaseHolder: (name) => leaseHolder(engine, name),
    pauseJobs: (pause) => pauseJobs(engine, pause),
    jobPause: () => jobPause(engine),
    resumeJobs: (at) => resumeJobs(engine, at),
  };
}

async function takeLease({ db, nowMs }: Engine, name: string, holder: string, ttlMs: number) {
  const ttl = sql<number>`cast(${ttlMs} as bigint)`;
  const until = sql<number>`${nowMs} + ${ttl}`;
  // A lease that ends later than any could was taken before the clock was set back.
  const impossible = sql<number>`${nowMs} + 2 * ${ttl}`;
  for (;;) {
    const taken = await db
      .insertInto('leases')
      .values({ name, holder, until_at: until })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, until_at: until })
          .where((each) =>
            each.or([
              each('leases.holder', '=', holder),
              each('leases.until_at', '<=', nowMs),
              each('leases.until_at', '>', impossible),
            ]),
          ),
      )
      .returning('holder')
      .executeTakeFirst();
    if (taken) return { held: true, holder };
    const current = await db
      .selectFrom('leases')
      .select('holder')
      .where('name', '=', name)
      .executeTakeFirst();
    if (current && current.holder !== holder) return { held: false, holder: current.holder };
    // It was given back in between: once more.
  }
}

async function leaseHolder({ db, nowMs }: Engine, name: string): Promise<string | null> {
  const held = await db
    .selectFrom('leases')
    .select('holder')
    .where('name', '=', name)
    .where('until_at', '>', nowMs)
    .executeTakeFirst();
  return held?.holder ?? null;
}

const pauseJobs = (engine: Engine, { reason, since, probeAt }: JobPause): Promise<void> =>
  write(engine, async ({ trx, announce }) => {
    await trx
      .insertInto('job_pause')
      .values({ id: 1, reason, since, probe_at: probeAt })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ reason, probe_at: probeAt }))
      .execute();
    announce({ at: since, kind: 'service', key: null });
  });

async function jobPause({ db }: Engine): Promise<JobPause | null> {
  const row = await db.selectFrom('job_pause').selectAll().executeTakeFirst();
  // Written by this file alone, so its word is trusted here.
  return row ? { reason: row.reason as ErrorReason, since: row.since, probeAt: row.probe_at } : null;
}

/** Looks first: a write announces itself to every instance, and there is hardly ever a pause. */
async function resumeJobs(engine: Engine, at: number): Promise<void> {
  if ((await jobPause(engine)) === null) return;
  await write(engine, async ({ trx, announce }) => {
    await trx.deleteFrom('job_pause').execute();
    announce({ at, kind: 'service', key: null });
  });
}
