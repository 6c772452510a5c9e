import { isConcealed } from '#lib/domain/devices/conceal.ts';

/** A byte order mark, without which a spreadsheet reads Chinese as something else. */
export const BOM = '\ufeff';

/** A value as the text of a cell; nothing for what is not said or may not be seen. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined || isConcealed(value)) return '';
  // A line break in a name would be a row to whoever reads line by line; control characters mean nothing in a cell.
  // Some spreadsheets find a formula behind blanks too.
  return String(value)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}
