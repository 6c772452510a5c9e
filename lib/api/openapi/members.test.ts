import { expect, test } from 'vitest';
import { z } from 'zod';
import { requestSchema } from './json-schema.ts';
import { membersOf, typeOf } from './members.ts';

const pathsOf = (schema: z.ZodType) => membersOf(requestSchema(schema)).map(({ path }) => path);

test('names members of inner objects and of lists by their path', () => {
  const schema = z.object({
    network: z.object({ ip: z.string() }).nullable(),
    items: z.array(z.object({ name: z.string(), labels: z.array(z.object({ id: z.string() })) })),
  });
  expect(pathsOf(schema)).toEqual([
    'network',
    'network.ip',
    'items',
    'items[].name',
    'items[].labels',
    'items[].labels[].id',
  ]);
});

test('lists a member of several variants once, and as required when all of them require it', () => {
  const schema = z.union([
    z.object({ kind: z.literal('once'), from: z.string() }),
    z.object({ kind: z.literal('weekly'), days: z.array(z.number()).optional() }),
  ]);
  expect(membersOf(requestSchema(schema))).toMatchObject([
    { path: 'kind', required: true, type: ['"once"', ' | ', '"weekly"'] },
    { path: 'from', required: false },
    { path: 'days', required: false },
  ]);
});

test('describes types in words', () => {
  const typeText = (schema: z.ZodType) => typeOf(requestSchema(schema)).join('');
  expect(typeText(z.string().nullable())).toBe('string | null');
  expect(typeText(z.enum(['on', 'off']))).toBe('"on" | "off"');
  expect(typeText(z.array(z.number()))).toBe('number[]');
  expect(typeText(z.iso.datetime())).toBe('string (date-time)');
  expect(typeText(z.unknown())).toBe('any');
  expect(typeText(z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]))).toBe('object');
});
