import { expect, test } from 'vitest';
import { liveSince } from './live-request.ts';

test.each([
  [{}, null],
  [{ since: '0' }, 0],
  [{ since: '12' }, 12],
])('%j resumes after %s', (input, since) => {
  expect(liveSince.parse(input)).toEqual({ since });
});

test.each([{ since: '-1' }, { since: 'x' }, { since: '1.5' }, { since: ['1', '2'] }, { until: '1' }])(
  '%j is refused',
  (input) => {
    expect(liveSince.safeParse(input).success).toBe(false);
  },
);
