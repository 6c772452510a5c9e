import { expect, test } from 'vitest';
import { createMergedLine } from './merged-line.ts';

test('merges equal lines into one a minute, and the next one has the number of omitted lines', () => {
  const written: object[] = [];
  let now = 0;
  const line = createMergedLine(() => now);
  const refuse = (kind: string, requestId: string) =>
    line((fact, details) => written.push({ fact, ...details }), 'refused', { kind, requestId });
  for (let at = 0; at < 100; at++) refuse('body', `${at}`);
  refuse('signature', 'other');
  now = 59_999;
  refuse('body', 'late');
  now = 60_000;
  refuse('body', 'next');
  now = 120_000;
  refuse('body', 'last');
  expect(written).toEqual([
    { fact: 'refused', requestId: '0' },
    { fact: 'refused', requestId: 'other' },
    { fact: 'refused', requestId: 'next', repeated: 100 },
    { fact: 'refused', requestId: 'last' },
  ]);
});
