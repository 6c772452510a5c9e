import { type ExpressionBuilder, sql } from 'kysely';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';

/** A change as it may have come before other troubles too: a field, of the unit or of any of its panels, and its new value. */
export type ChangeAsked = { of: 'unit' | 'panel'; field: string; to: unknown };

/** The beginning of a trouble of one device. */
export type Case = { deviceKey: string; at: number };

export type BeforeStore = {
  /**
   * How often each of these changes came within so many milliseconds before an issue began on any device, among the newest
   * cases but for the one that is asked about; `had` has a number for each change, in their order.
   */
  countBefore(
    code: IssueCode,
    changes: readonly ChangeAsked[],
    asked: { within: number; except: Case },
  ): Promise<{ cases: number; had: number[] }>;
};

/** Of an issue that half the fleet has, so many newest cases say enough. */
const MOST_CASES = 200;

type Cases = Tables & { cases: { device_key: string; since: number } };

/** What came before issues, in SQL: each change is looked for before each case by the device's index alone. */
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
