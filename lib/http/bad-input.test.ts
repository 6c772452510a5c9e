import { expect, test } from 'vitest';
import { z } from 'zod';
import { deviceQuestion } from '#lib/api/devices/device-request.ts';
import { fleetPage, pinQuestion, roomsPage } from '#lib/api/inventory/list-requests.ts';
import { noteChange } from '#lib/api/notes/note-requests.ts';
import { badInput } from './bad-input.ts';

const wrong = (schema: z.ZodType, input: object) => {
  const { error } = schema.safeParse(input);
  if (!error) throw new Error('it fits');
  const { reason, parameter } = badInput(error);
  return [reason, parameter];
};

test.each<[string, z.ZodType, object, string | null]>([
  ['an unknown value of a filter', fleetPage, { status: 'banana' }, 'status'],
  ['one of several values', fleetPage, { status: ['idle', 'banana'] }, 'status'],
  ['an unknown parameter', roomsPage, { colour: 'red' }, 'colour'],
  ['a repeated parameter', roomsPage, { q: ['a', 'b'] }, 'q'],
  ['an invalid number', roomsPage, { limit: 'ten' }, 'limit'],
  ['a missing member of a body', pinQuestion, { kind: 'device' }, 'key'],
  ['a member of a body that may be one of two shapes', noteChange, { noteId: 'no-id' }, 'noteId'],
  ['a repeated id', deviceQuestion, { deviceId: ['1', '2'] }, 'deviceId'],
  [
    'a nested member',
    z.strictObject({ when: z.strictObject({ from: z.number() }) }),
    { when: { x: 1 } },
    'when',
  ],
  ['a whole that is no object', z.strictObject({}), [], null],
])('names %s', (_, schema, input, parameter) => {
  expect(wrong(schema, input)).toEqual(['invalid-question.parameter', parameter]);
});

test('keeps an error’s own reason, with the name', () => {
  expect(wrong(fleetPage, { at: 'yesterday' })).toEqual(['invalid-question.moment', 'at']);
  expect(wrong(fleetPage, { against: '2026-11-24T14:05:00Z' })).toEqual([
    'invalid-question.moment',
    'against',
  ]);
});
