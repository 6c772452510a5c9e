import type { Transaction } from 'kysely';
import type { Tables } from '#lib/store/schema.ts';
import { visibleTables } from '#lib/store/visible-tables.ts';
import { BackupError, isMomentary } from './contents.ts';

/** Columns of a table by name, each with whether it holds whole numbers, any numbers or texts. */
type Columns = ReadonlyMap<string, 'whole' | 'number' | 'text'>;

/** Larger than anything that Rooms Desk writes into one column. */
const LONGEST_TEXT = 8 * 1024 ** 2;

/** What a backup may bring: the tables of its version, without those of the moment, such as sessions. */
export async function allowedTables(trx: Transaction<Tables>): Promise<ReadonlyMap<string, Columns>> {
  const tables = await visibleTables(trx);
  return new Map(
    tables
      .filter(({ name }) => !isMomentary(name))
      .map(({ name, columns }) => [
        name,
        new Map(columns.map((column) => [column.name, kindOf(column.dataType)] as const)),
      ]),
  );
}

function kindOf(dataType: string): 'whole' | 'number' | 'text' {
  if (/int/i.test(dataType)) return 'whole';
  return /double|float|real/i.test(dataType) ? 'number' : 'text';
}

/** Holds a part of a backup against what it may bring. Throws BackupError for a table, a column or a value of another kind. */
export function createContentCheck(allowed: ReadonlyMap<string, Columns>, path: string) {
  const seen = new Set<string>();
  const refuse = (what: string) => new BackupError(`${path} was refused: ${what}. Nothing was changed.`);
  return {
    table(table: string, columns: readonly string[]): void {
      const known = allowed.get(table);
      if (!known) throw refuse(`it holds a table that no backup has, ${JSON.stringify(table)}`);
      if (seen.has(table)) throw refuse(`it holds the table ${table} twice`);
      seen.add(table);
      const strange = columns.find((column) => !known.has(column));
      if (strange !== undefined) throw refuse(`${table} has no column ${JSON.stringify(strange)}`);
      if (new Set(columns).size < columns.length) throw refuse(`it names a column of ${table} twice`);
    },
    row(table: string, columns: readonly string[], row: readonly unknown[]): Record<string, unknown> {
      if (row.length !== columns.length) throw refuse(`a row of ${table} has other columns than its table`);
      const kinds = allowed.get(table);
      return Object.fromEntries(
        columns.map((column, at) => {
          if (!isOfKind(row[at], kinds?.get(column)))
            throw refuse(`a value of ${table}.${column} is of another kind`);
          return [column, row[at]];
        }),
      );
    },
  };
}

function isOfKind(value: unknown, kind: 'whole' | 'number' | 'text' | undefined): boolean {
  if (value === null) return true;
  if (kind === 'whole') return Number.isSafeInteger(value);
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}
