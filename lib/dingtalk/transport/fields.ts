import { z } from 'zod';
import { isRecord } from './json.ts';
import { maskRaw } from './mask-raw.ts';
import { plainText, plainTexts } from './plain-text.ts';

/** One object of DingTalk's, read a field at a time. */
export type Fields = {
  /** A text; other scalars are written out. `null` for absent, null, empty and what is no scalar. */
  text(name: string): string | null;
  /** A number; numeric text is read. `null` for everything else. */
  number(name: string): number | null;
  /** A whole number, as a text of its digits beyond 2^53, where a number would be rounded. `null` for everything else. */
  integer(name: string): number | string | null;
  /** As `text`, for what must never be kept as an unknown field. */
  secret(name: string): string | null;
  /** An object, as it came. */
  record(name: string): Record<string, unknown> | null;
  /** A list, as it came. */
  list(name: string): unknown[] | null;
  /** Marks a field as read elsewhere, or as one that we know and do not use. */
  skip(name: string): void;
  /** Keeps a field's original although it was read, because its meaning was not understood. */
  keep(name: string): void;
  /** Under their own names: what nobody read, what could not be read, and what was kept; secrets masked at any depth. */
  unknown(): Record<string, unknown>;
};

const TEXT = z.union([z.string(), z.number(), z.boolean()]).transform((value) => plainText(String(value)));
const NUMBER = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^[+-]?\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number()),
]);

const INTEGER = z.union([
  z.int(),
  z
    .string()
    .trim()
    .regex(/^[+-]?\d{1,64}$/)
    .transform((digits) => (Number.isSafeInteger(Number(digits)) ? Number(digits) : digits)),
]);

const RECORD = z.custom<Record<string, unknown>>(isRecord);
const LIST = z.array(z.unknown());

/**
 * Reads fields with the tolerance DingTalk's own SDK lacks, which drops unknown fields and fails the whole answer
 * over one type: each field stands alone, and what is not understood is kept instead of lost.
 */
export function openFields(source: Record<string, unknown>): Fields {
  const read = new Set<string>();
  const kept = new Set<string>();

  function field<T>(name: string, schema: z.ZodType<T>, keepOdd: boolean): T | null {
    read.add(name);
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (value === undefined || value === null || value === '') return null;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    if (keepOdd) kept.add(name);
    return null;
  }

  return {
    text: (name) => field(name, TEXT, true),
    number: (name) => field(name, NUMBER, true),
    integer: (name) => field(name, INTEGER, true),
    secret: (name) => field(name, TEXT, false),
    record: (name) => field(name, RECORD, true),
    list: (name) => field(name, LIST, true),
    skip: (name) => void read.add(name),
    keep: (name) => void kept.add(name),
    unknown: () => {
      const entries = Object.entries(source).filter(([name]) => kept.has(name) || !read.has(name));
      return maskRaw(plainTexts(Object.fromEntries(entries))) as Record<string, unknown>;
    },
  };
}
