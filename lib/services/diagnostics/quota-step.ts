import { BAN_SECONDS } from '#lib/dingtalk/client/upstream-error.ts';
import { monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import { type DoctorProof, fact } from '#lib/domain/diagnostics/doctor.ts';
import { iso } from '#lib/domain/iso.ts';
import type { LedgerCall } from '#lib/store/budget/ledger.ts';
import type { DiagnosticContext } from './diagnostic-context.ts';
import type { Found, Step } from './run-steps.ts';

/** What the desk may still spend, and whether DingTalk has refused a call for its number or its pace. No call of its own. */
export const QUOTA: Step = {
  name: 'quota',
  needs: ['configuration'],
  lacks: ({ context }) => (context.store === null ? 'database' : undefined),
  run: ({ context }) => withinBudget(context),
};

/** A month that is spent, and a ban that still lasts, are known before anything is asked. */
export async function budgetIssue(context: DiagnosticContext): Promise<Found | null> {
  const { store, settings, clock } = context;
  if (store === null || settings === null) return null;
  const now = clock.now();
  const { failed } = await store.lastCalls();
  const endsAt = failed && banEnd(failed);
  if (failed && endsAt && endsAt > now) {
    const facts = [fact('ban-lasts', { until: iso(endsAt) })];
    return { state: 'failed', trouble: 'address-banned', facts, proof: [proofOf(failed)] };
  }
  const spent = await spentOf(context);
  if (spent < settings.monthlyCalls) return null;
  return { state: 'failed', trouble: 'budget-spent', facts: [budgetFact(context, spent)] };
}

/** When the ban that a call met ends; null when it met none. */
export const banEnd = ({ at, settled }: LedgerCall): number | null =>
  settled?.reason === 'dingtalk-throttled.banned' ? at + settled.ms + BAN_SECONDS * 1000 : null;

async function withinBudget(context: DiagnosticContext): Promise<Found> {
  const facts = [budgetFact(context, await spentOf(context)), fact('quota-untold')];
  return { state: 'ok', facts };
}

const spentOf = async ({ store, clock }: DiagnosticContext) =>
  (await store?.spending(monthOf(clock.now())))?.total ?? 0;

function budgetFact({ settings, clock }: DiagnosticContext, spent: number) {
  const limit = settings?.monthlyCalls ?? 0;
  const until = iso(monthAround(clock.now()).to);
  return fact('own-budget', { spent, limit, left: Math.max(0, limit - spent), until });
}

const proofOf = ({ api, at, settled }: LedgerCall): DoctorProof => ({
  asked: api,
  at: iso(at),
  ms: settled?.ms ?? 0,
  message: null,
  said: {
    status: settled?.status ?? null,
    code: settled?.code ?? null,
    requestId: settled?.requestId ?? null,
  },
});
