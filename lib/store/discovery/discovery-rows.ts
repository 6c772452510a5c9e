import type { Selectable, Transaction } from 'kysely';
import type {
  DiscoveryDepth,
  DiscoveryRun,
  DiscoveryState,
  DiscoveryTask,
} from '#lib/domain/discovery/discovery.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';

/** A row of `discovery_runs` as the domain knows it. */
export function toRun(row: Selectable<Tables['discovery_runs']>): DiscoveryRun {
  return {
    id: row.id,
    depth: row.depth as DiscoveryDepth,
    startedBy: row.started_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    state: row.state as DiscoveryState,
    pausedBy: row.paused_by as ErrorReason | null,
    groupsRead: row.groups_read === 1,
    pages: row.pages,
    nextToken: row.next_token,
    listRead: row.list_read === 1,
    rooms: { found: row.rooms_found, done: row.rooms_done, failed: row.rooms_failed },
    devices: { found: row.devices_found, done: row.devices_done, failed: row.devices_failed },
    movedAt: row.moved_at,
  };
}

/** Marks that the run moved and locks its row; answers null when there is no such run. */
export async function moveRun(trx: Transaction<Tables>, runId: string, at: number) {
  const row = await trx
    .updateTable('discovery_runs')
    .set({ moved_at: at })
    .where('id', '=', runId)
    .returningAll()
    .executeTakeFirst();
  return row ? toRun(row) : null;
}

/** Adds tasks that the run does not have yet, behind those it has. The run's row is locked. */
export async function addTasks(
  trx: Transaction<Tables>,
  run: DiscoveryRun,
  kind: DiscoveryTask['kind'],
  subjects: string[],
): Promise<void> {
  const found = kind === 'room' ? run.rooms.found : run.devices.found;
  let added = 0;
  for (const some of chunks(subjects)) {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('discovery_tasks')
      .values(
        some.map((subject, index) => ({
          run_id: run.id,
          kind,
          subject: plainColumn(subject),
          position: found + added + index,
          state: 'open',
          attempts: 0,
          not_before: 0,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    added += Number(numInsertedOrUpdatedRows);
  }
  if (added > 0) await countUp(trx, run.id, kind, 'found', added);
}

/** Ends an open task and counts it; a task that ended before, or never was, is left alone. */
export async function endTask(
  trx: Transaction<Tables>,
  runId: string,
  { kind, subject }: Pick<DiscoveryTask, 'kind' | 'subject'>,
  reason: ErrorReason | null,
): Promise<void> {
  const state = reason === null ? 'done' : 'failed';
  const { numUpdatedRows } = await trx
    .updateTable('discovery_tasks')
    .set({ state, reason })
    .where('run_id', '=', runId)
    .where('kind', '=', kind)
    .where('subject', '=', plainColumn(subject))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) await countUp(trx, runId, kind, state, 1);
}

async function countUp(
  trx: Transaction<Tables>,
  runId: string,
  kind: DiscoveryTask['kind'],
  what: 'found' | 'done' | 'failed',
  by: number,
): Promise<void> {
  const column = `${kind}s_${what}` as const;
  await trx
    .updateTable('discovery_runs')
    .set((each) => ({ [column]: each(column, '+', by) }))
    .where('id', '=', runId)
    .execute();
}
