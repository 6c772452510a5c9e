import { randomUUID } from 'node:crypto';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { DiscoveryRun, DiscoveryTask } from '#lib/domain/discovery/discovery.ts';
import { countRefusals } from '#lib/domain/discovery/job-pause.ts';
import { AppError, asAppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { observe } from '#lib/services/devices/observe.ts';
import { isRefused, mayGoOn, pauseJobs, rhythmOf, stopsDiscovery } from '#lib/services/jobs/job-progress.ts';
import { workOff } from '#lib/services/jobs/work-queue.ts';

const MINUTE = 60_000;
const MOST_ATTEMPTS = 5;

/**
 * Takes the run that is not done yet as far as it goes: groups, room list, rooms, devices. Every step is durable
 * before the next begins, so whoever calls this after a crash goes on where it was. Ends when the run is done, paused
 * by the budget or DingTalk, or `signal` aborts; answers whether it left something to do at once.
 */
export async function discover(context: ServiceContext, signal: AbortSignal): Promise<void> {
  const run = await context.store.latestDiscovery();
  if (!run || run.state === 'done' || !(await mayGoOn(context, run))) return;
  if (run.state === 'paused') await context.store.resumeDiscovery(run.id, context.clock.now());
  try {
    await readTree(context, run);
    await readList(context, run, signal);
    await readTasks(context, run, signal);
    await readUnlisted(context, run, signal);
    if (!signal.aborted) await context.store.finishDiscovery(run.id, context.clock.now());
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code === 'internal') throw error;
    if (isStale(error, run)) return beginList(context, run);
    if (isRefused(error.reason)) await pauseJobs(context, error.reason);
    await context.store.pauseDiscovery(run.id, error.reason, context.clock.now());
  }
}

/** A place in the room list that DingTalk no longer knows: the run has waited too long. */
const isStale = ({ code, upstream }: AppError, { nextToken, listRead }: DiscoveryRun) =>
  code === 'dingtalk-confused' && upstream?.code === 'param.error' && nextToken !== null && !listRead;

/** Begins the list anew in a run that asks only what the one before had not come to. */
async function beginList({ store, clock }: ServiceContext, run: DiscoveryRun): Promise<void> {
  await store.finishDiscovery(run.id, clock.now());
  const start = { id: randomUUID(), depth: 'changes', startedBy: run.startedBy, at: clock.now() } as const;
  await store.startDiscovery(start);
}

/** Questions of a run, in the desk's own name. */
function asking({ operatorUnionId, budgetMs }: ServiceContext) {
  if (operatorUnionId === null) throw new AppError('dingtalk-refused.operator-missing');
  return [operatorUnionId, { budgetMs, purpose: 'discovery' }] as const;
}

async function readTree(context: ServiceContext, run: DiscoveryRun): Promise<void> {
  if (run.groupsRead) return;
  const groups = await context.dingtalk.listRoomGroups(...asking(context));
  await context.store.recordRoomGroups(run.id, groups, context.clock.now());
}

async function readList(context: ServiceContext, run: DiscoveryRun, signal: AbortSignal): Promise<void> {
  const { dingtalk, store, clock, warn } = context;
  let { listRead, nextToken, pages } = run;
  const { detailMs } = await rhythmOf(context);
  const seen = new Set([nextToken]);
  let complete = true;
  while (!listRead && !signal.aborted) {
    const answer = await dingtalk.listRooms({ pageToken: nextToken }, ...asking(context));
    if (answer.unreadable > 0) warn('rooms without an id', { count: answer.unreadable });
    const at = clock.now();
    complete &&= answer.complete;
    const page = { page: pages, rooms: answer.rooms, nextToken: answer.nextToken, complete, at };
    await store.recordRoomPage(run.id, { ...page, detailBefore: at - detailMs });
    nextToken = answer.nextToken;
    listRead = nextToken === null;
    pages += 1;
    // A list that leads back to a page of its own would never end.
    if (!listRead && seen.has(nextToken)) throw new AppError('dingtalk-confused.shape');
    seen.add(nextToken);
  }
}

/** Rooms and devices side by side: DingTalk limits the rate of each API by itself. */
async function readTasks(context: ServiceContext, run: DiscoveryRun, signal: AbortSignal): Promise<void> {
  const tasks = await taskWork(context, run);
  await tasks.probe();
  let roomsLeft = true;
  const rooms = workOff(context, run.id, 'room', signal, { more: () => false, work: tasks.room }).finally(
    () => {
      roomsLeft = false;
    },
  );
  const devices = workOff(context, run.id, 'device', signal, { more: () => roomsLeft, work: tasks.device });
  const [first, second] = await Promise.allSettled([rooms, devices]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
}

/** How single tasks are done; each throws only what stops all of them. */
async function taskWork(context: ServiceContext, run: DiscoveryRun) {
  const { store, clock, dingtalk } = context;
  const pause = await store.jobPause();
  const refusals = countRefusals(pause !== null);
  const failed = async (task: DiscoveryTask, thrown: unknown) => {
    const error = asAppError(thrown);
    if (refusals.pauses(error) || stopsDiscovery(error)) throw error;
    const now = clock.now();
    // An answer about another device stays one, and each attempt is a metered call.
    const isFinal = error.reason === 'dingtalk-confused.other-device';
    if (isFinal || task.attempts + 1 >= MOST_ATTEMPTS)
      await store.finishTask(run.id, task, now, error.reason);
    else await store.postponeTask(run.id, task, now + MINUTE * 2 ** task.attempts);
    return false;
  };
  // Each answers whether DingTalk answered.
  const room = async (task: DiscoveryTask) => {
    try {
      const answer = await dingtalk.getRoom(task.subject, ...asking(context));
      await store.recordRoomDetail(run.id, answer.room, clock.now());
      return true;
    } catch (thrown) {
      if (asAppError(thrown).code !== 'room-not-found') return failed(task, thrown);
      await store.markRoomRemoved(run.id, task.subject, clock.now());
      return true;
    }
  };
  const device = async (task: DiscoveryTask) => {
    try {
      await observe(context, { by: 'unionId', id: task.subject }, 'discovery');
      refusals.answered();
      await store.finishTask(run.id, task, clock.now(), null);
      return true;
    } catch (thrown) {
      return failed(task, thrown);
    }
  };
  /** After a pause one request goes alone, because several at once would all be refused and counted. */
  const probe = async () => {
    if (pause === null) return;
    const [one] = await store.openTasks(run.id, 'device', Number.MAX_SAFE_INTEGER, 1);
    const [other] = one ? [] : await store.openTasks(run.id, 'room', Number.MAX_SAFE_INTEGER, 1);
    const answered = one ? await device(one) : other !== undefined && (await room(other));
    if (answered) await store.resumeJobs(clock.now());
  };
  return { room, device, probe };
}

/**
 * Asks for known devices that no room of a full run named: they are in no room, or gone. One that was asked is newer
 * than the run or gone, so this too goes on where it was.
 */
async function readUnlisted(context: ServiceContext, run: DiscoveryRun, signal: AbortSignal): Promise<void> {
  if (run.depth !== 'full') return;
  const { fleet } = await context.inventory.current();
  const unlisted: DeviceRef[] = [];
  fleet.forEach(({ device: { deviceId, removedAt, observedAt } }) => {
    if (deviceId === null || removedAt !== null || observedAt === null || observedAt >= run.startedAt) return;
    unlisted.push({ by: 'deviceId', id: deviceId });
  });
  const { store, clock } = context;
  const refusals = countRefusals((await store.jobPause()) !== null);
  for (const ref of unlisted) {
    if (signal.aborted) return;
    try {
      await observe(context, ref, 'discovery');
      refusals.answered();
      await store.resumeJobs(clock.now());
    } catch (thrown) {
      const error = asAppError(thrown);
      if (refusals.pauses(error) || stopsDiscovery(error)) throw error;
      context.warn('look failed', { reason: error.reason });
    }
  }
}
