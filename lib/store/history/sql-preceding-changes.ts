import { type ExpressionBuilder, sql } from 'kysely';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import type { BeforeStore, Case, ChangeAsked } from './preceding-change-store.ts';

/** Of a finding that half the fleet has, so many newest cases say enough. */
const MOST_CASES = 200;

type Cases = Tables & { cases: { device_key: string; since: number } };

/** What came before findings, in SQL: each change is looked for before each case by the device's index alone. */
export function beforeStore({ db }: Engine): BeforeStore {
  const casesOf = (code: IssueCode, { deviceKey, at }: Case) =>
    db
      .selectFrom('issues')
      .select(['device_key', 'since'])
      .where('code', '=', code)
      .where((each) => each.or([each('device_key', '!=', plainColumn(deviceKey)), each('since', '<', at)]))
      .orderBy('since', 'desc')
      .limit(MOST_CASES)
      .as('cases');
  return {
    async countBefore(code, changes, { within, except }) {
      const cases = casesOf(code, except);
      const all = await db
        .selectFrom(cases)
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirst();
      const had: number[] = [];
      for (const change of changes) {
        const found = await db
          .selectFrom(cases)
          .select(({ fn }) => fn.countAll().as('n'))
          .where((each) => each.exists(changeBefore(each, change, within)))
          .executeTakeFirst();
        had.push(Number(found?.n ?? 0));
      }
      return { cases: Number(all?.n ?? 0), had };
    },
  };
}

function changeBefore(
  each: ExpressionBuilder<Cases, 'cases'>,
  { of, field, to }: ChangeAsked,
  within: number,
) {
  const same = each
    .selectFrom('changes')
    .select('changes.at')
    .whereRef('changes.device_key', '=', 'cases.device_key')
    .whereRef('changes.at', '<=', 'cases.since')
    .where(sql<boolean>`changes.at > cases.since - ${sql.lit(within)}`)
    .where('changes.to_value', '=', JSON.stringify(to));
  // Panels go by ids of their own in paths; the words at the end are the desk's and hold nothing that is a pattern.
  return of === 'unit'
    ? same.where('changes.field', '=', plainColumn(field))
    : same.where('changes.field', 'like', `controllers.%.${field}`);
}
