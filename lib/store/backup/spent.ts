import type { Transaction } from 'kysely';
import type { Tables } from '#lib/store/schema.ts';

/** What a database says was spent: of DingTalk's calls and of its pushes. */
export type Spent = {
  months: Tables['call_months'][];
  spent: Tables['call_totals'][];
  pushes: Tables['pushes'][];
};

export async function spentIn(trx: Transaction<Tables>): Promise<Spent> {
  return {
    months: await trx.selectFrom('call_months').selectAll().execute(),
    spent: await trx.selectFrom('call_totals').selectAll().execute(),
    pushes: await trx.selectFrom('pushes').selectAll().execute(),
  };
}

/** Raises the sums to what was known to be spent: DingTalk does not give calls back because a backup was. */
export async function atLeastAsSpent(trx: Transaction<Tables>, before: Spent): Promise<void> {
  for (const { month, total } of before.months) {
    await trx
      .insertInto('call_months')
      .values({ month, total })
      .onConflict((on) => on.column('month').doUpdateSet({ total }).where('call_months.total', '<', total))
      .execute();
  }
  for (const row of before.spent) {
    await trx
      .insertInto('call_totals')
      .values(row)
      .onConflict((on) =>
        on
          .columns(['month', 'day', 'purpose'])
          .doUpdateSet({ calls: row.calls })
          .where('call_totals.calls', '<', row.calls),
      )
      .execute();
  }
  for (const row of before.pushes) {
    await trx
      .insertInto('pushes')
      .values(row)
      .onConflict((on) =>
        on
          .columns(['month', 'day', 'transport'])
          .doUpdateSet({ pushes: row.pushes })
          .where('pushes.pushes', '<', row.pushes),
      )
      .execute();
  }
}
