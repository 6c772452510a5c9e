import type { Kysely, Updateable } from 'kysely';
import type { DiscoveryRun, DiscoveryTask } from '#lib/domain/discovery/discovery.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { roomRecords } from '#lib/store/rooms/sql-rooms.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';
import { endTask, moveRun, toRun } from './discovery-rows.ts';
import type { DiscoveryStart, DiscoveryStore } from './discovery-store.ts';

type Task = Pick<DiscoveryTask, 'kind' | 'subject'>;

/** Discovery runs and their tasks on any engine. */
export function discoveryStore(engine: Engine): DiscoveryStore {
  const { db } = engine;
  const change = (runId: string, at: number, to: Updateable<Tables['discovery_runs']>) =>
    changeRun(engine, runId, at, to);
  return {
    ...roomRecords(engine),
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
