import { z } from 'zod';
import { upstreamAnswer } from '#lib/api/problem.ts';
import { count, text, time } from '#lib/api/values.ts';
import { DOCTOR_FACTS, DOCTOR_STEPS } from '#lib/domain/diagnostics/doctor.ts';
import { SYSTEM_ISSUES, type SystemIssueCode } from '#lib/domain/diagnostics/system-issue.ts';

export const systemIssueCode = z
  .enum(Object.keys(SYSTEM_ISSUES) as SystemIssueCode[])
  .meta({ id: 'ServiceIssueCode' });

/** What a health check costs. */
export const healthCheckCost = z.strictObject({
  calls: count.describe('API calls that it makes at most.'),
  left: count.nullable().describe('Calls left this month.'),
});

const step = z.enum(DOCTOR_STEPS);

const found = {
  step,
  facts: z.array(z.strictObject({ name: z.enum(DOCTOR_FACTS), values: z.record(z.string(), z.string()) })),
  proof: z.array(
    z.strictObject({
      asked: z.string().describe('Method and path.'),
      at: time,
      ms: z.number(),
      said: upstreamAnswer,
      message: text,
    }),
  ),
};

const stepResult = { kind: z.literal('step'), ...found };

/** One line of a health check: its cost, each step, and the end. */
export const healthCheckLine = z
  .union([
    z.strictObject({ kind: z.literal('begun'), at: time, cost: healthCheckCost }),
    z.strictObject({
      ...stepResult,
      state: z.enum(['ok', 'unknown']),
      trouble: z.null(),
      blockedBy: z.null(),
    }),
    z.strictObject({
      ...stepResult,
      state: z.literal('failed'),
      trouble: systemIssueCode,
      blockedBy: z.null(),
    }),
    z.strictObject({ ...stepResult, state: z.literal('not-asked'), trouble: z.null(), blockedBy: step }),
    z.strictObject({ kind: z.literal('done'), at: time, well: z.boolean() }),
  ])
  .meta({ id: 'HealthCheckLine' });
