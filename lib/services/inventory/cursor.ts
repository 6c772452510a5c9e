import { AppError } from '#lib/domain/errors.ts';
import type { Place } from './index/ordered-rows.ts';

/** Which part of a list: after a cursor that a page before gave, at most `limit` rows. */
export type Paging = { cursor: string | null; limit: number };

/** A place in a list as a text for an address. It holds nothing that the page before did not show. */
export function cursorOf({ value, name }: Place): string {
  return Buffer.from(JSON.stringify([value, name])).toString('base64url');
}

/** The place a cursor stands for; null for the beginning. Throws invalid-question.parameter for one we never gave. */
export function placeOf(cursor: string | null): Place | null {
  if (cursor === null) return null;
  try {
    const [value, name] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isValue = value === null || typeof value === 'number' || typeof value === 'string';
    if (isValue && typeof name === 'string') return { value, name };
  } catch {
    // Said below, as every other cursor that is none.
  }
  throw new AppError('invalid-question.parameter', { parameter: 'cursor' });
}
