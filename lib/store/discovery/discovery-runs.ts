import type { Kysely, Updateable } from 'kysely';
import type { DiscoveryDepth, DiscoveryRun, DiscoveryTask } from '#lib/domain/discovery/discovery.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';
import { endTask, moveRun, toRun } from './discovery-rows.ts';

/** How a run begins. Times are milliseconds since the epoch. */
export type DiscoveryStart = { id: string; depth: DiscoveryDepth; startedBy: string | null; at: number };

/**
 * Discovery, step by step: each verb writes what was learnt and how far the run is in one transaction, so that a
 * process that dies at any moment leaves a run that goes on where it was. Promises settle when durable.
 */
export type DiscoveryStore = {
  /** Starts a run, or answers the one that is not done yet: there is one at a time. */
  startDiscovery(start: DiscoveryStart): Promise<{ run: DiscoveryRun; started: boolean }>;
  /** The newest run, done or not; null when there never was one. */
  latestDiscovery(): Promise<DiscoveryRun | null>;
  /** Full runs that were open at any time since a moment; `to` is null for one that is still open. */
  fullDiscoveries(since: number): Promise<{ from: number; to: number | null }[]>;
  /** Open tasks of a kind that are due at `now`, in the order they were found, fewest attempts first. */
  openTasks(runId: string, kind: DiscoveryTask['kind'], now: number, limit: number): Promise<DiscoveryTask[]>;
  /** A device's task is done (`reason` null) or failed for good. For a room, only failed: it is done by its detail. */
  finishTask(
    runId: string,
    task: Pick<DiscoveryTask, 'kind' | 'subject'>,
    at: number,
    reason: ErrorReason | null,
  ): Promise<void>;
  /** A task that failed for now: one attempt more, not due before `notBefore`. */
  postponeTask(
    runId: string,
    task: Pick<DiscoveryTask, 'kind' | 'subject'>,
    notBefore: number,
  ): Promise<void>;
  pauseDiscovery(runId: string, reason: ErrorReason, at: number): Promise<void>;
  resumeDiscovery(runId: string, at: number): Promise<void>;
  finishDiscovery(runId: string, at: number): Promise<void>;
};

type Task = Pick<DiscoveryTask, 'kind' | 'subject'>;

/** Discovery runs and their tasks on any engine. */
export function discoveryStore(engine: Engine): DiscoveryStore {
  const { db } = engine;
  const change = (runId: string, at: number, to: Updateable<Tables['discovery_runs']>) =>
    changeRun(engine, runId, at, to);
  return {
    startDiscovery: (start) => startDiscovery(engine, start),
    latestDiscovery: () => latestDiscovery(db),
    fullDiscoveries: (since) => fullDiscoveries(db, since),
    openTasks: (runId, kind, now, limit) => openTasks(db, runId, kind, now, limit),
    finishTask: (runId, task, at, reason) =>
      write(engine, async ({ trx, announce }) => {
        await moveRun(trx, runId, at);
        await endTask(trx, runId, task, reason);
        announce({ at, kind: 'service', key: null });
      }),
    postponeTask: (runId, task, notBefore) => postponeTask(engine, runId, task, notBefore),
    pauseDiscovery: (runId, reason, at) => change(runId, at, { state: 'paused', paused_by: reason }),
    resumeDiscovery: (runId, at) => change(runId, at, { state: 'running', paused_by: null }),
    finishDiscovery: (runId, at) =>
      change(runId, at, { state: 'done', paused_by: null, finished_at: at, open: null }),
  };
}

function startDiscovery(engine: Engine, { id, depth, startedBy, at }: DiscoveryStart) {
  return write(engine, async ({ trx, announce }) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('discovery_runs')
      .values({ id, depth, started_by: startedBy, started_at: at, moved_at: at, state: 'running', open: 1 })
      .onConflict((conflict) => conflict.column('open').doNothing())
      .executeTakeFirstOrThrow();
    const started = numInsertedOrUpdatedRows === 1n;
    if (started) {
      // Nobody asks for the tasks of a run that is done, and a year of them would be the largest table.
      await trx.deleteFrom('discovery_tasks').where('run_id', '!=', id).execute();
      announce({ at, kind: 'service', key: null });
    }
    const row = await trx
      .selectFrom('discovery_runs')
      .selectAll()
      .where('open', '=', 1)
      .executeTakeFirstOrThrow();
    return { run: toRun(row), started };
  });
}

async function latestDiscovery(db: Kysely<Tables>): Promise<DiscoveryRun | null> {
  const row = await db
    .selectFrom('discovery_runs')
    .selectAll()
    // The open one is the newest, also when the clock was set back since the one before.
    .orderBy('open', (order) => order.asc().nullsLast())
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toRun(row) : null;
}

async function fullDiscoveries(db: Kysely<Tables>, since: number) {
  const rows = await db
    .selectFrom('discovery_runs')
    .select(['started_at', 'finished_at'])
    .where('depth', '=', 'full')
    .where((each) => each.or([each('finished_at', 'is', null), each('finished_at', '>=', since)]))
    .orderBy('started_at')
    .execute();
  return rows.map((row) => ({ from: row.started_at, to: row.finished_at }));
}

async function openTasks(
  db: Kysely<Tables>,
  runId: string,
  kind: DiscoveryTask['kind'],
  now: number,
  limit: number,
): Promise<DiscoveryTask[]> {
  const rows = await db
    .selectFrom('discovery_tasks')
    .select(['subject', 'attempts'])
    .where('run_id', '=', runId)
    .where('kind', '=', kind)
    .where('state', '=', 'open')
    .where('not_before', '<=', now)
    .orderBy('attempts')
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ kind, ...row }));
}

function postponeTask(engine: Engine, runId: string, { kind, subject }: Task, notBefore: number) {
  return write(engine, async ({ trx }) => {
    await trx
      .updateTable('discovery_tasks')
      .set((each) => ({ attempts: each('attempts', '+', 1), not_before: notBefore }))
      .where('run_id', '=', runId)
      .where('kind', '=', kind)
      .where('subject', '=', plainColumn(subject))
      .where('state', '=', 'open')
      .execute();
  });
}

/** Changes a run that is not done; a finished one stays as it is. */
function changeRun(engine: Engine, runId: string, at: number, to: Updateable<Tables['discovery_runs']>) {
  return write(engine, async ({ trx, announce }) => {
    const { numUpdatedRows } = await trx
      .updateTable('discovery_runs')
      .set({ ...to, moved_at: at })
      .where('id', '=', runId)
      .where('open', '=', 1)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) announce({ at, kind: 'service', key: null });
  });
}
