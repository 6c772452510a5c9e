import type { FailedCall, ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import {
  dailyShareOf,
  dayOf,
  limitFor,
  monthAround,
  monthOf,
  type Spending,
} from '#lib/domain/budget/budget.ts';
import { forecast } from '#lib/domain/budget/forecast.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { paceOf } from '#lib/services/discovery/polling-job.ts';
import { shownRun } from '#lib/services/discovery/start-discovery.ts';
import { describeEvents } from '#lib/services/events/describe-events.ts';
import { JOB_LEASE } from '#lib/services/jobs/jobs.ts';
import type { LedgerCall } from '#lib/store/budget/ledger.ts';
import { describeIssues, failuresOfRoomsDesk } from './describe-system-issues.ts';
import { costOfCheck } from './doctor.ts';

const ROOMS_A_PAGE = 100;
const SHOWN = 10;

/** Everything the service screen shows, from our own records. Throws not-permitted. */
export async function describeService(context: ServiceContext, operator: Operator): Promise<ServiceAnswer> {
  assertCan(operator.role, 'see-service');
  const now = context.clock.now();
  const spending = await context.store.spending(monthOf(now));
  const counts = await countInventory(context);
  return {
    at: iso(now),
    troubles: await describeIssues(context, spending, now),
    check: await costOfCheck({ ...context, settings: context.checking.settings }),
    budget: await describeBudget(context, spending, now),
    upstream: await describeUpstream(context),
    discovery: await describeDiscovery(context, { spent: spending.total, ...counts }),
    round: await describeRound(context, now),
    events: await describeEvents(context, operator, now),
    inventory: counts,
  };
}

async function describeBudget(
  context: ServiceContext,
  spending: Spending,
  now: number,
): Promise<ServiceAnswer['budget']> {
  const { store, callsPerSecond } = context;
  const { allowance } = context.budget;
  const today = spending.byDay.filter(({ day }) => day === dayOf(now));
  const spentToday = today.reduce((sum, { calls }) => sum + calls, 0);
  const fullDiscoveries = await store.fullDiscoveries(monthAround(now).from);
  const { expected, endsAt } = forecast(spending, allowance.monthly, now, fullDiscoveries);
  return {
    month: spending.month,
    monthEndsAt: iso(monthAround(now).to),
    limit: allowance.monthly,
    reserve: allowance.reserve,
    spent: spending.total,
    left: Math.max(0, allowance.monthly - spending.total),
    byDay: spending.byDay,
    endsAt: isoOrNull(endsAt),
    expected,
    callsPerSecond,
    share: dailyShareOf(allowance.monthly, spending.total - spentToday),
    spenders: await namedSpenders(context, now),
  };
}

/** Who caused calls today, with the names that open sessions and API tokens have. */
async function namedSpenders({ store, access }: ServiceContext, now: number) {
  const spenders = await store.spenders(dayOf(now));
  if (spenders.length === 0) return [];
  const [sessions, tokens] = await Promise.all([store.openSessions(null, now), store.tokens()]);
  const names = new Map(tokens.map(({ id, name }) => [`token:${id}`, name]));
  for (const { claims } of sessions) {
    const operator = access.operatorOf(claims);
    if (operator) names.set(operator.subject, operator.name);
  }
  return spenders.map((spender) => ({ ...spender, name: names.get(spender.subject) ?? null }));
}

async function describeUpstream(context: ServiceContext): Promise<ServiceAnswer['upstream']> {
  const { store, dingtalk } = context;
  const [last, ledger, pause] = await Promise.all([
    store.lastCalls(),
    store.failedCalls(SHOWN),
    store.jobPause(),
  ]);
  const token = dingtalk.tokenState();
  // The ledger has no calls that cost nothing, such as for a token, and without a token there are no others.
  const failed = failuresOfRoomsDesk(dingtalk).flatMap(({ at, api, reason, said, ms }): FailedCall[] =>
    reason === null ? [] : [{ at: iso(at), api, purpose: null, reason, upstream: said, ms }],
  );
  const failures = [...ledger.flatMap((call) => failedCall(call) ?? []), ...failed]
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, SHOWN);
  const paused = pause && { at: iso(pause.since), reason: pause.reason };
  const [newest] = failures;
  const answeredAt = Math.max(last.answered?.at ?? 0, ...dingtalk.health().answered.values());
  return {
    lastAnsweredAt: isoOrNull(answeredAt === 0 ? null : answeredAt),
    // Another instance may have paused the jobs for a failure of a call that only it has made.
    lastFailed: newest ? { at: newest.at, reason: newest.reason } : paused,
    failures,
    token: token && { obtainedAt: iso(token.obtainedAt), expiresAt: iso(token.expiresAt) },
    tokenFailed: token === null && TOKEN_CALL.test(newest?.api ?? ''),
  };
}

const TOKEN_CALL = /\/v1\.0\/oauth2\//;

function failedCall({ at, api, purpose, settled }: LedgerCall): FailedCall | null {
  if (!settled?.reason) return null;
  const { status, code, requestId, reason, ms } = settled;
  return { at: iso(at), api, purpose, reason, upstream: { status, code, requestId }, ms };
}

type Counts = ServiceAnswer['inventory'] & { spent: number };

async function describeDiscovery(context: ServiceContext, counts: Counts) {
  const run = await context.store.latestDiscovery();
  const rooms = Math.max(counts.rooms, run?.rooms.found ?? 0);
  const calls = 1 + Math.max(1, Math.ceil(rooms / ROOMS_A_PAGE)) + rooms + counts.devices;
  return {
    run: run && shownRun(run),
    cost: {
      calls,
      allowed: counts.spent + calls <= limitFor('discovery', context.budget.allowance),
      knownRooms: counts.rooms,
      knownDevices: counts.devices,
    },
  };
}

async function describeRound(context: ServiceContext, now: number): Promise<ServiceAnswer['round']> {
  const { store, operatorUnionId } = context;
  const [holder, queue, paceMs, next, pause] = await Promise.all([
    store.leaseHolder(JOB_LEASE),
    store.checkQueue(now),
    paceOf(context),
    nextChecks(context, now),
    store.jobPause(),
  ]);
  const pausedBy = operatorUnionId === null ? 'dingtalk-refused.operator-missing' : (pause?.reason ?? null);
  return {
    on: holder !== null,
    pausedBy: pausedBy ?? (paceMs === null ? 'dingtalk-budget-spent.reserve' : null),
    resumesAt: isoOrNull(pause?.probeAt ?? null),
    due: queue.due,
    paceMs,
    nextAt: isoOrNull(queue.nextAt),
    next: next.flatMap(({ key, deviceId, name, nextCheck }) =>
      nextCheck ? [{ key, deviceId, name, at: iso(nextCheck.at), reason: nextCheck.reason }] : [],
    ),
  };
}

/** What is due in the order in which it is looked at, and after that what will be. */
async function nextChecks({ store }: ServiceContext, now: number) {
  const due = await store.dueChecks(now, SHOWN);
  return due.length < SHOWN ? [...due, ...(await store.upcomingChecks(now, SHOWN - due.length))] : due;
}

async function countInventory({ inventory }: ServiceContext): Promise<ServiceAnswer['inventory']> {
  const { fleet, rooms } = await inventory.current();
  let [devicesRemoved, notObserved, roomsRemoved] = [0, 0, 0];
  fleet.forEach(({ device }) => {
    if (device.removedAt !== null) devicesRemoved += 1;
    else if (device.observedAt === null) notObserved += 1;
  });
  rooms.forEach(({ room }) => {
    if (room.removedAt !== null) roomsRemoved += 1;
  });
  return { rooms: rooms.known, devices: fleet.known, roomsRemoved, devicesRemoved, notObserved };
}
