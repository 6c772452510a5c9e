import { can, type Operator } from '#lib/domain/access/operator.ts';
import { inOrder, issueOfReason } from '#lib/domain/diagnostics/system-issue.ts';
import { type NoticedIssue, noticedIssue } from '#lib/domain/diagnostics/system-notice.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { describeCallIssues } from './describe-system-issues.ts';

/** How long an answer serves all pages of a process; no page waits for more than this to be current. */
const KEPT_MS = 3_000;

/** So many failed connections are an outage, fewer are a disturbance. */
const LEAST_UNREACHED = 3;

type Kept = { at: number; found: Promise<NoticedIssue[]> };

const kept = new WeakMap<ServiceContext, Kept>();

/**
 * The first service issue that keeps Rooms Desk from getting data, for the notice on every page; null when there is
 * none. A missing operator is for admins alone: people can still query devices in their own name.
 */
export async function serviceNotice(
  context: ServiceContext,
  { role }: Pick<Operator, 'role'>,
): Promise<NoticedIssue | null> {
  const now = context.clock.elapsed();
  const last = kept.get(context);
  const isFresh = last !== undefined && now - last.at < KEPT_MS;
  const found = isFresh ? last.found : findNoticed(context);
  if (!isFresh) kept.set(context, { at: now, found });
  // A store that cannot be read has words of its own on the page.
  const codes = await found.catch((): NoticedIssue[] => []);
  return codes.find((code) => code !== 'operator-missing' || can(role, 'see-service')) ?? null;
}

async function findNoticed(context: ServiceContext): Promise<NoticedIssue[]> {
  const [pause, { troubles, failures }] = await Promise.all([
    context.store.jobPause(),
    describeCallIssues(context, context.clock.now()),
  ]);
  const unreached = failures.filter(
    ({ reason, api }) => issueOfReason(reason, api) === 'upstream-unreachable',
  );
  const ofCalls = troubles.filter(
    ({ code }) =>
      // One person may be refused who asked in their own name; what is refused to the operator pauses the jobs.
      code !== 'operator-refused' &&
      code !== 'operator-left' &&
      (code !== 'upstream-unreachable' || unreached.length >= LEAST_UNREACHED),
  );
  const paused = pause && issueOfReason(pause.reason, '');
  const all = [...ofCalls, ...(paused ? [{ code: paused }] : [])];
  return inOrder(all).flatMap(({ code }) => noticedIssue(code) ?? []);
}
