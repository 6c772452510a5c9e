import type { ShownSystemIssue } from '#lib/api/diagnostics/system-answers.ts';
import { isWrongHost } from '#lib/dingtalk/client/old-api.ts';
import type { UpstreamOutcome } from '#lib/dingtalk/client/upstream-health.ts';
import { robotPace } from '#lib/domain/alerts/notification-allowance.ts';
import { monthOf, type Spending } from '#lib/domain/budget/budget.ts';
import { type SystemIssue, systemSeverityOf } from '#lib/domain/diagnostics/system-issue.ts';
import { iso } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { JOB_LEASE } from '#lib/services/jobs/jobs.ts';
import { STREAM_LEASE } from '#lib/services/jobs/stream-job.ts';
import { type CallSubject, type FailedOnce, findCallIssues, findSystemIssues } from './system-issues.ts';

const LOOKED_AT = 20;
const TRUST_DAYS = 30;
const DAY = 86_400_000;

/** What is wrong with the desk itself, from the ledger, from failed calls of this process and from events. */
export async function describeIssues(
  context: ServiceContext,
  spending: Spending,
  now: number,
): Promise<ShownSystemIssue[]> {
  const { store, dingtalk, budget, auditGuard, auditExport } = context;
  const [calls, events, pushes, secretUses] = await Promise.all([
    callsOf(context),
    eventsOf(context, now),
    pushesOf(context, now),
    store.secretUses(now - DAY),
  ]);
  const troubles = findSystemIssues({
    now,
    budget: { spent: spending.total, limit: budget.allowance.monthly, reserve: budget.allowance.reserve },
    ...calls,
    pause: await store.jobPause(),
    clock: dingtalk.health().clock,
    auditGap: await auditGuard.gap(),
    exportLag: (await auditExport?.lag()) ?? null,
    events,
    pushes,
    secretUses,
  });
  return troubles.map(({ code, evidence }) => ({
    code,
    severity: systemSeverityOf(code),
    evidence: evidence.map((each) => ({ ...each, at: iso(each.at) })),
  }));
}

/** The part of it that speaks of calls and of the operator, which every page asks for, with the failures behind it. */
export async function describeCallIssues(
  context: ServiceContext,
  now: number,
): Promise<{ troubles: SystemIssue[]; failures: readonly FailedOnce[] }> {
  const calls = await callsOf(context);
  return { troubles: findCallIssues({ ...calls, now }), failures: calls.failures };
}

async function callsOf(context: ServiceContext): Promise<Omit<CallSubject, 'now'>> {
  const { store, dingtalk, operatorUnionId, checking } = context;
  const failures = await failuresOf(context);
  const oldest = failures.at(-1);
  const metered = oldest ? await store.answeredSince(oldest.at - 1) : new Map<string, number>();
  return {
    failures,
    answered: newest(metered, dingtalk.health().answered),
    hasOperator: operatorUnionId !== null,
    oldApiOrigin: checking.settings?.oapiOrigin ?? null,
  };
}

/** Failed calls of the ledger, of all instances, with those of this process that no ledger has; newest first. */
async function failuresOf({ store, dingtalk }: ServiceContext): Promise<FailedOnce[]> {
  const ledger = (await store.failedCalls(LOOKED_AT)).flatMap(({ api, at, settled }): FailedOnce[] => {
    if (!settled?.reason) return [];
    const { status, code, requestId, reason } = settled;
    return [{ api, at, reason, said: { status, code, requestId }, source: 'ledger' }];
  });
  const failed = failuresOfRoomsDesk(dingtalk).flatMap(({ api, at, reason, said }): FailedOnce[] =>
    reason === null ? [] : [{ api, at, reason, said, source: 'heard' }],
  );
  return [...ledger, ...failed].sort((a, b) => b.at - a.at);
}

/** The desk's own unmetered calls. */
const OWN_CALLS = /\/v1\.0\/(oauth2\/(accessToken|\{corpId\}\/token)|gateway\/connections\/open)$/;
const OF_ALL_CALLS = ['dingtalk-refused.scope', 'dingtalk-refused.ip-list', 'dingtalk-unreachable'];

// What fails for one person who signs in, such as a code that is used up, says nothing about Rooms Desk.
const isAboutRoomsDesk = ({ api, reason, said }: UpstreamOutcome) =>
  OWN_CALLS.test(api) ||
  (api.includes('/topapi/') &&
    (isWrongHost({ reason, said }) || OF_ALL_CALLS.some((each) => reason?.startsWith(each) ?? false)));

/** Failed calls of this process that no ledger has and that say something about Rooms Desk; newest first. */
export const failuresOfRoomsDesk = (
  dingtalk: Pick<ServiceContext['dingtalk'], 'health'>,
): UpstreamOutcome[] => dingtalk.health().failures.filter(isAboutRoomsDesk);

function newest(...maps: ReadonlyMap<string, number>[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const map of maps) {
    for (const [api, at] of map) all.set(api, Math.max(at, all.get(api) ?? 0));
  }
  return all;
}

async function pushesOf({ store, events }: ServiceContext, now: number) {
  const pushes = await store.pushes(monthOf(now));
  const { mode } = robotPace(pushes, events.monthly, now);
  return { used: pushes.total, limit: events.monthly, pace: mode };
}

async function eventsOf({ store, events }: ServiceContext, now: number) {
  const [trust, holder, job, newestEvent] = await Promise.all([
    store.pushTrust(now - TRUST_DAYS * DAY),
    store.leaseHolder(STREAM_LEASE),
    store.leaseHolder(JOB_LEASE),
    store.events({ deviceId: null, type: null }, null, 1),
  ]);
  return {
    transport: events.transport,
    stream: events.streamState(),
    isHeld: holder !== null,
    isJobInstance: job !== null,
    trust,
    lastAt: newestEvent.items[0]?.receivedAt ?? null,
  };
}
