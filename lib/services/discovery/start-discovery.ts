import { randomUUID } from 'node:crypto';
import type { DiscoveryShown } from '#lib/api/discovery/discovery-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { DiscoveryRun } from '#lib/domain/discovery/discovery.ts';
import { AppError } from '#lib/domain/errors.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { probeJobs } from '#lib/services/jobs/job-progress.ts';

/**
 * Starts a discovery, or returns the run under way. The instance that holds the lease of the polling job does the work.
 * Throws not-permitted, dingtalk-refused.operator-missing.
 */
export async function startDiscovery(
  context: ServiceContext,
  { operator, source }: Caller,
): Promise<{ run: DiscoveryShown; started: boolean }> {
  const { store, clock, operatorUnionId, audit } = context;
  assertCan(operator.role, 'run-discovery');
  if (operatorUnionId === null) throw new AppError('dingtalk-refused.operator-missing');
  const start = { id: randomUUID(), depth: 'full', startedBy: operator.subject, at: clock.now() } as const;
  const { run, started } = await store.startDiscovery(start);
  await probeJobs(context);
  const target = { kind: 'inventory' as const, id: null };
  if (started) audit.note({ by: operator, source, action: 'discovery-started', target, about: run.id });
  return { run: shownRun(run), started };
}

/** A run as it is shown: without who started it and the position in the list. */
export function shownRun({ startedBy: _, nextToken: __, ...run }: DiscoveryRun): DiscoveryShown {
  return {
    ...run,
    startedAt: iso(run.startedAt),
    finishedAt: isoOrNull(run.finishedAt),
    movedAt: iso(run.movedAt),
  };
}
