import { type Kysely, type Selectable, sql } from 'kysely';
import {
  type Asker,
  type CallPurpose,
  dailyShareOf,
  dayOf,
  endOfDay,
  monthOf,
  type Spender,
  type Spending,
} from '#lib/domain/budget/budget.ts';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import type { Engine, Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';
import type { Charge, LedgerCall, LedgerStore, Settled } from './ledger-store.ts';

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
    takePlace: (api, perSecond, mostMs) => takePlace(engine, api, 1000 / perSecond, mostMs),
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

type ShareQuestion = { asker: Asker; at: number; limit: number; total: number };

/** Throws when the asker's share of the day is used up, which undoes the charge; the month's lock keeps others out. */
async function checkShare(trx: Kysely<Tables>, { asker, at, limit, total }: ShareQuestion): Promise<void> {
  const day = dayOf(at);
  const [used, today] = await Promise.all([
    spenders(trx, day, asker.subject),
    trx
      .selectFrom('call_totals')
      .select((each) => each.fn.sum<number>('calls').as('calls'))
      .where('month', '=', monthOf(at))
      .where('day', '=', day)
      .executeTakeFirst(),
  ]);
  const { calls, unknownIds } = used[0] ?? { calls: 0, unknownIds: 0 };
  const share = dailyShareOf(limit, total - Number(today?.calls ?? 0));
  const retryAfterSeconds = Math.max(1, Math.ceil((endOfDay(at) - at) / 1000));
  const refuse = (reason: ErrorReason<'too-many-questions'>, most: number) =>
    new AppError(reason, { retryAfterSeconds, values: { share: String(most) } });
  if (calls >= share.calls) throw refuse('too-many-questions.daily-share', share.calls);
  if (asker.unknownId && unknownIds >= share.unknownIds) {
    throw refuse('too-many-questions.unknown-ids', share.unknownIds);
  }
}

/** What DingTalk did not count is nobody's; an unknown ID that turned out to exist is none. */
async function spenders(db: Kysely<Tables>, day: string, subject?: string): Promise<Spender[]> {
  const isUnknown = sql`unknown_id = 1 and (ms is null or reason = 'device-not-found.device')`;
  let query = db
    .selectFrom('api_calls')
    .select([
      'asked_by',
      (each) => each.fn.countAll<number>().as('calls'),
      sql<number>`sum(case when ${isUnknown} then 1 else 0 end)`.as('unknown_ids'),
    ])
    .where('day', '=', day)
    .where('asked_by', 'is not', null)
    .where((each) => each.or([each('counted', 'is', null), each('counted', '=', 1)]));
  if (subject !== undefined) query = query.where('asked_by', '=', plainColumn(subject));
  const rows = await query.groupBy('asked_by').orderBy('calls', 'desc').orderBy('asked_by').execute();
  return rows.map((row) => ({
    subject: row.asked_by ?? '',
    calls: Number(row.calls),
    unknownIds: Number(row.unknown_ids),
  }));
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

/** No queue is that long: a place further off was booked before the database's clock was set back. */
const FARTHEST_PLACE_MS = 10 * 60_000;

/** One statement, so that it is one step and one commit. */
async function takePlace({ db, nowMs }: Engine, api: string, stepMs: number, mostMs: number) {
  const now = sql<number>`cast(${nowMs} as double precision)`;
  const step = sql<number>`cast(${stepMs} as double precision)`;
  const most = sql<number>`cast(${Math.min(mostMs, FARTHEST_PLACE_MS)} as double precision)`;
  const farthest = sql<number>`cast(${FARTHEST_PLACE_MS + 1000} as double precision)`;
  const place = sql<number>`case when call_slots.next_at > ${now} and call_slots.next_at <= ${now} + ${farthest} then call_slots.next_at else ${now} end`;
  const booked = await db
    .insertInto('call_slots')
    .values({ api, next_at: sql<number>`${now} + ${step}` })
    .onConflict((conflict) =>
      conflict
        .column('api')
        .doUpdateSet({ next_at: sql<number>`${place} + ${step}` })
        .where(sql<boolean>`${place} - ${now} <= ${most}`),
    )
    .returning(sql<number>`next_at - ${step} - ${now}`.as('wait'))
    .executeTakeFirst();
  return booked ? Math.max(0, booked.wait) : null;
}
