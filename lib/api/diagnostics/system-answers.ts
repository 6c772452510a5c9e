import { z } from 'zod';
import { discoveryRun } from '#lib/api/discovery/discovery-answers.ts';
import { event, eventTransport } from '#lib/api/events/event-answers.ts';
import { severity } from '#lib/api/issues/issue-answers.ts';
import { errorReason, upstreamAnswer } from '#lib/api/problem.ts';
import { count, text, time } from '#lib/api/values.ts';
import { CALL_PURPOSES } from '#lib/domain/budget/budget.ts';
import { SYSTEM_EVIDENCE, SYSTEM_SOURCES } from '#lib/domain/diagnostics/system-issue.ts';
import { CHECK_REASONS } from '#lib/domain/inventory/fleet.ts';
import { healthCheckCost, systemIssueCode } from './health-check-answers.ts';

const systemIssue = z
  .strictObject({
    code: systemIssueCode,
    severity,
    evidence: z.array(
      z.strictObject({
        what: z.enum(SYSTEM_EVIDENCE),
        value: z.string(),
        at: time,
        source: z.enum(SYSTEM_SOURCES),
        said: upstreamAnswer.nullable(),
      }),
    ),
  })
  .meta({ id: 'ServiceIssue' });

export type ShownSystemIssue = z.infer<typeof systemIssue>;

const failedCall = z.strictObject({
  at: time,
  api: z.string(),
  purpose: z.enum(CALL_PURPOSES).nullable().describe('Null for a call that is not counted.'),
  reason: errorReason,
  upstream: upstreamAnswer,
  ms: z.number(),
});

export type FailedCall = z.infer<typeof failedCall>;

const shareOfDay = { calls: count, unknownIds: count };

const budget = z.strictObject({
  month: z.string(),
  monthEndsAt: time,
  limit: count,
  reserve: count.describe('Reserved for manual refreshes.'),
  spent: count,
  left: count,
  byDay: z.array(z.strictObject({ day: z.string(), purpose: z.enum(CALL_PURPOSES), calls: count })),
  endsAt: time.nullable().describe('When the budget is used up at the pace of the last seven days.'),
  expected: z.number().describe('Calls of the whole month at that pace.'),
  callsPerSecond: z.number(),
  share: z.strictObject(shareOfDay).describe('What one person or token may use today.'),
  spenders: z
    .array(z.strictObject({ subject: z.string(), ...shareOfDay, name: text }))
    .describe('Who caused calls today, most first.'),
});

const upstream = z.strictObject({
  lastAnsweredAt: time.nullable(),
  lastFailed: failedCall.pick({ at: true, reason: true }).nullable(),
  failures: z.array(failedCall),
  token: z.strictObject({ obtainedAt: time, expiresAt: time }).nullable(),
  tokenFailed: z.boolean(),
});

const discovery = z.strictObject({
  run: discoveryRun.nullable(),
  cost: z
    .strictObject({ calls: count, allowed: z.boolean(), knownRooms: count, knownDevices: count })
    .describe('What a full run would cost now.'),
});

const scheduledChecks = z.strictObject({
  on: z.boolean(),
  pausedBy: errorReason.nullable(),
  resumesAt: time.nullable(),
  due: count,
  paceMs: z.number().nullable().describe('Time between two checks.'),
  nextAt: time.nullable(),
  next: z.array(
    z.strictObject({ key: z.string(), deviceId: text, name: text, at: time, reason: z.enum(CHECK_REASONS) }),
  ),
});

const events = z.strictObject({
  transport: z.union([z.literal('off'), eventTransport]),
  stream: z
    .strictObject({
      state: z.enum(['connecting', 'open', 'waiting', 'stopped']),
      problem: errorReason.nullable(),
      connectionsMade: count,
      since: time,
      retryAt: time.nullable(),
    })
    .nullable()
    .describe('Null where another instance has the stream.'),
  held: z.boolean().describe('Whether any instance has the stream.'),
  limit: count.describe('Events and robot messages that DingTalk sends at most in a month.'),
  pushed: count,
  pushedEvents: count,
  robotMessages: count,
  digestMinutes: z.number().nullable(),
  endsAt: time.nullable(),
  expected: z.number(),
  trust: z
    .strictObject({ agreed: count, missed: count })
    .describe('How many checks of the last 30 days agreed with the events before them.'),
  newest: z.array(event),
  vouchedSince: time
    .nullable()
    .describe(
      'Since when events would have reported every change, so that statuses stay current; null while they would not.',
    ),
});

/** Service issues, API call budget, DingTalk, discovery, scheduled checks and events. */
export const systemAnswer = z
  .strictObject({
    at: time,
    troubles: z.array(systemIssue).describe('Service issues; the one to look at first comes first.'),
    check: healthCheckCost.describe('What a health check would cost.'),
    budget,
    upstream,
    discovery,
    round: scheduledChecks.describe('Scheduled checks.'),
    events,
    inventory: z.strictObject({
      rooms: count,
      devices: count,
      roomsRemoved: count,
      devicesRemoved: count,
      notObserved: count,
    }),
  })
  .meta({ id: 'System' });

export type ServiceAnswer = z.infer<typeof systemAnswer>;
