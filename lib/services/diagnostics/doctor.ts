import { monthOf } from '#lib/domain/budget/budget.ts';
import { callsOfCheck, type DoctorCost, type HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { iso } from '#lib/domain/iso.ts';
import { CREDENTIALS, SCOPE, TOKEN } from './app-steps.ts';
import { AUDIT, CLOCK, DATABASE } from './database-steps.ts';
import type { DiagnosticContext } from './diagnostic-context.ts';
import { EVENTS } from './events-step.ts';
import { FILES } from './files-step.ts';
import { CONFIGURATION, HOST } from './host-steps.ts';
import { IP_LIST, knownDevice, OPERATOR } from './operator-steps.ts';
import { budgetIssue, QUOTA } from './quota-step.ts';
import { type Step, walkThrough } from './run-steps.ts';
import { SEALED } from './sealed-step.ts';

/** In the order of `DOCTOR_STEPS`. */
const STEPS: readonly Step[] = [
  CONFIGURATION,
  HOST,
  CREDENTIALS,
  TOKEN,
  SCOPE,
  OPERATOR,
  IP_LIST,
  QUOTA,
  EVENTS,
  CLOCK,
  DATABASE,
  AUDIT,
  SEALED,
  FILES,
];

/**
 * Runs the health check, from the configuration to DingTalk and the database. Reports its cost, then each step. Calls to
 * DingTalk are metered as all calls are. Returns whether no step failed.
 */
export async function examine(
  context: DiagnosticContext,
  report: (output: HealthCheckOutput) => void,
): Promise<boolean> {
  const at = () => iso(context.clock.now());
  report({ kind: 'begun', at: at(), cost: await costOfCheck(context) });
  const spent = await budgetIssue(context);
  const ahead = new Map(spent ? [['quota' as const, spent]] : []);
  const well = await walkThrough(STEPS, context, ahead, (step) => report({ kind: 'step', ...step }));
  report({ kind: 'done', at: at(), well });
  return well;
}

/** What a health check would cost now. */
export async function costOfCheck(
  context: Pick<DiagnosticContext, 'store' | 'settings' | 'clock'>,
): Promise<DoctorCost> {
  const { store, settings, clock } = context;
  if (store === null || settings === null || settings.operatorUnionId === null)
    return { calls: 0, left: null };
  const { total } = await store.spending(monthOf(clock.now()));
  const calls = callsOfCheck((await knownDevice(context)) !== null);
  return { calls, left: Math.max(0, settings.monthlyCalls - total) };
}
