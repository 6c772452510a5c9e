import { type Kysely, sql } from 'kysely';
import {
  type Asker,
  dailyShareOf,
  dayOf,
  endOfDay,
  monthOf,
  type Spender,
} from '#lib/domain/budget/budget.ts';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';

type ShareQuestion = { asker: Asker; at: number; limit: number; total: number };

/** Throws when the asker's share of the day is used up, which undoes the charge; the month's lock keeps others out. */
export async function checkShare(
  trx: Kysely<Tables>,
  { asker, at, limit, total }: ShareQuestion,
): Promise<void> {
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
export async function spenders(db: Kysely<Tables>, day: string, subject?: string): Promise<Spender[]> {
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
