import type { DiscoveryTask } from '#lib/domain/discovery/discovery.ts';
import type { ServiceContext } from '#lib/services/context.ts';

/** Enough to keep the allowed rate at DingTalk's usual pace, and few enough that a person's question is soon next. */
const SIDE_BY_SIDE = 6;
const AT_ONCE = 60;
/** How often to look for tasks that another kind may add, or that become due. */
const CHECK_AGAIN_MS = 250;

type Work = {
  /** Whether tasks may still be added. */
  more: () => boolean;
  /** Throws what stops all of them. */
  work: (task: DiscoveryTask) => Promise<unknown>;
};

/** Works off the open tasks of a kind, several at a time, until none is left or `signal` aborts. Throws what stopped it. */
export async function workOff(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  runId: string,
  kind: DiscoveryTask['kind'],
  signal: AbortSignal,
  { more, work }: Work,
): Promise<void> {
  const waiting: DiscoveryTask[] = [];
  // A task by its attempt: an answer of the store that is older than what was done since brings none back.
  const taken = new Set<string>();
  const attemptOf = ({ subject, attempts }: DiscoveryTask) => `${attempts} ${subject}`;
  let busy = 0;
  const failures: unknown[] = [];

  const next = async (): Promise<DiscoveryTask | 'wait' | 'done'> => {
    if (waiting.length === 0) {
      const mayGrow = more();
      const due = await store.openTasks(runId, kind, clock.now(), AT_ONCE);
      if (waiting.length === 0) waiting.push(...due.filter((task) => !taken.has(attemptOf(task))));
      if (waiting.length === 0) {
        const postponed =
          busy > 0 || (await store.openTasks(runId, kind, Number.MAX_SAFE_INTEGER, 1)).length > 0;
        return mayGrow || postponed ? 'wait' : 'done';
      }
    }
    const task = waiting.shift();
    if (!task || taken.has(attemptOf(task))) return 'wait';
    taken.add(attemptOf(task));
    return task;
  };
  const worker = async () => {
    while (!signal.aborted && failures.length === 0) {
      const task = await next();
      if (task === 'done') return;
      if (task === 'wait') await clock.sleep(CHECK_AGAIN_MS);
      else {
        busy += 1;
        await work(task).finally(() => {
          busy -= 1;
        });
      }
    }
  };
  const failing = (thrown: unknown) => void failures.push(thrown);
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => worker().catch(failing)));
  if (failures.length > 0) throw failures[0];
}
