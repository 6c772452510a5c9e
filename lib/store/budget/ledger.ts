import type { Selectable } from 'kysely';
import {
  type Asker,
  type CallPurpose,
  dayOf,
  monthOf,
  type Spender,
  type Spending,
} from '#lib/domain/budget/budget.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { Engine, Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';
import { checkShare, spenders } from './daily-share.ts';

/** A metered call before it goes out. `at` is milliseconds since the epoch; month and day follow from it. */
export type Charge = {
  id: string;
  at: number;
  purpose: CallPurpose;
  api: string;
  /** Set when a person or a token causes it, whose share of the day it counts against. */
  asker?: Asker | undefined;
};

/** How a metered call ended. */
export type Settlement = {
  /** False when DingTalk does not count it: throttled by rate, or lost on the way. */
  counted: boolean;
  status: number | null;
  /** DingTalk's own code. */
  code: string | null;
  requestId: string | null;
  ms: number;
  /** Null when it was answered. */
  reason: ErrorReason | null;
};

/** A call by the id that it was charged under, and how it ended. */
export type Settled = { id: string; settlement: Settlement };

/** A call as the ledger holds it; `settled` is null while it is under way, and for good when the process died. */
export type LedgerCall = Omit<Charge, 'asker'> & { settled: Settlement | null };

/** The ledger of metered calls, one for all instances. Promises settle when durable. */
export type LedgerStore = {
  /**
   * Writes the call and counts it, if fewer than `limit` calls were spent in its month; otherwise writes nothing.
   * One step, whoever else is charging: neither the sum nor anybody's share of the day exceeds its limit. Answers whether
   * it may go out. Throws too-many-questions.daily-share and .unknown-ids when the asker's share is used up.
   */
  chargeCall(charge: Charge, limit: number): Promise<boolean>;
  /** Writes how calls ended, and takes off the sum those that were not counted. Settling twice changes nothing. */
  settleCalls(calls: readonly Settled[]): Promise<void>;
  /** What was spent in a month such as `2026-11`. */
  spending(month: string): Promise<Spending>;
  /** What people and tokens caused on a day such as `2026-11-24`, the most first; of one of them when it is named. */
  spenders(day: string, subject?: string): Promise<Spender[]>;
  /** The newest calls that failed, newest first. */
  failedCalls(limit: number): Promise<LedgerCall[]>;
  /** The newest call that was answered, and the newest that was not; null when there is none. */
  lastCalls(): Promise<{ answered: LedgerCall | null; failed: LedgerCall | null }>;
  /** When each API was last answered after a moment, by `GET /v1.0/rooms/devices` and the like. */
  answeredSince(at: number): Promise<ReadonlyMap<string, number>>;
};

/** The ledger in SQL. */
export function ledgerStore(engine: Engine): LedgerStore {
  return {
    chargeCall: (charge, limit) => chargeCall(engine, charge, limit),
    settleCalls: (calls) => settleCalls(engine, calls),
    spending: (month) => spending(engine, month),
    spenders: (day, subject) => spenders(engine.db, day, subject),
    async failedCalls(limit) {
      return (await failed(engine).limit(limit).execute()).map(toCall);
    },
    async lastCalls() {
      const [lastAnswered, lastFailed] = await Promise.all([
        answered(engine).executeTakeFirst(),
        failed(engine).executeTakeFirst(),
      ]);
      return {
        answered: lastAnswered ? toCall(lastAnswered) : null,
        failed: lastFailed ? toCall(lastFailed) : null,
      };
    },
    answeredSince: (at) => answeredSince(engine, at),
  };
}

/** Announces nothing and leaves memory alone: it runs before every call, and settling follows soon. */
async function chargeCall({ db }: Engine, charge: Charge, limit: number): Promise<boolean> {
  if (limit < 1) return false;
  const { id, at, purpose, api, asker } = charge;
  const [month, day] = [monthOf(at), dayOf(at)];
  return db.transaction().execute(async (trx) => {
    // The month's row is locked from here to the commit, so whoever charges next sees this one.
    const counted = await trx
      .insertInto('call_months')
      .values({ month, total: 1 })
      .onConflict((conflict) =>
        conflict
          .column('month')
          .doUpdateSet((each) => ({ total: each('call_months.total', '+', 1) }))
          .where('call_months.total', '<', limit),
      )
      .returning('total')
      .executeTakeFirst();
    if (!counted) return false;
    if (asker) await checkShare(trx, { asker, at, limit, total: counted.total - 1 });
    await trx
      .insertInto('api_calls')
      .values({
        id,
        at,
        month,
        day,
        purpose,
        api,
        asked_by: asker ? plainColumn(asker.subject) : null,
        unknown_id: asker?.unknownId ? 1 : null,
      })
      .execute();
    await trx
      .insertInto('call_totals')
      .values({ month, day, purpose, calls: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['month', 'day', 'purpose'])
          .doUpdateSet((each) => ({ calls: each('call_totals.calls', '+', 1) })),
      )
      .execute();
    return true;
  });
}

const settleCalls = (engine: Engine, calls: readonly Settled[]): Promise<void> =>
  write(engine, async (writing) => {
    // In the order of their ids, so that two instances wait for each other instead of locking up.
    for (const call of calls.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      await settleCall(writing, call);
    }
  });

async function settleCall({ trx, announce }: Writing, { id, settlement }: Settled): Promise<void> {
  const { counted, status, code, requestId, reason } = settlement;
  const ms = Math.round(settlement.ms);
  const call = await trx
    .updateTable('api_calls')
    .set({
      ms,
      counted: counted ? 1 : 0,
      status,
      reason,
      code: plainColumn(code),
      request_id: plainColumn(requestId),
    })
    .where('id', '=', id)
    .where('ms', 'is', null)
    .returning(['at', 'month', 'day', 'purpose'])
    .executeTakeFirst();
  if (!call) return;
  announce({ at: call.at + ms, kind: 'service', key: null });
  if (counted) return;
  const { month, day, purpose } = call;
  await trx
    .updateTable('call_months')
    .set((each) => ({ total: each('total', '-', 1) }))
    .where('month', '=', month)
    .execute();
  await trx
    .updateTable('call_totals')
    .set((each) => ({ calls: each('calls', '-', 1) }))
    .where((each) => each.and({ month, day, purpose }))
    .execute();
}

async function spending({ db }: Engine, month: string): Promise<Spending> {
  // The total is what the rows say, so that both are of the same moment.
  const rows = await db
    .selectFrom('call_totals')
    .select(['day', 'purpose', 'calls'])
    .where('month', '=', month)
    .where('calls', '>', 0)
    .orderBy('day')
    .orderBy('purpose')
    .execute();
  return {
    month,
    total: rows.reduce((sum, row) => sum + row.calls, 0),
    byDay: rows.map((row) => ({ ...row, purpose: row.purpose as CallPurpose })),
  };
}

const newestCalls = ({ db }: Engine) =>
  db.selectFrom('api_calls').selectAll().orderBy('at', 'desc').orderBy('id', 'desc');

// In the words of the partial indexes.
const failed = (engine: Engine) => newestCalls(engine).where('reason', 'is not', null);
const answered = (engine: Engine) =>
  newestCalls(engine).where('ms', 'is not', null).where('reason', 'is', null);

async function answeredSince({ db }: Engine, since: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('api_calls')
    .select((each) => ['api', each.fn.max('at').as('at')])
    .where('at', '>', since)
    .where('ms', 'is not', null)
    .where('reason', 'is', null)
    .groupBy('api')
    .execute();
  return new Map(rows.map(({ api, at }) => [api, Number(at)]));
}

// Rows were written by this file alone, so their words are trusted here.
function toCall(row: Selectable<Tables['api_calls']>): LedgerCall {
  const { id, at, api, ms, status, code } = row;
  const settled =
    ms === null
      ? null
      : {
          ms,
          status,
          code,
          counted: row.counted === 1,
          requestId: row.request_id,
          reason: row.reason as ErrorReason | null,
        };
  return { id, at, purpose: row.purpose as CallPurpose, api, settled };
}
