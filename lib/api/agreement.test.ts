import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { ShownDevice } from '#lib/domain/devices/conceal.ts';
import type { HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import type { UpstreamSaid } from '#lib/domain/errors.ts';
import type { Neighbour } from '#lib/domain/issues/issue.ts';
import type { CommonValue } from '#lib/domain/issues/shared-attributes.ts';
import type { device } from './devices/device-answers.ts';
import type { healthCheckLine } from './diagnostics/health-check-answers.ts';
import type { ShownEvidence, sharedAttributesAnswer } from './issues/issue-answers.ts';
import type { upstreamAnswer } from './problem.ts';

/** A type with every member required and nothing readonly, so that a member that only one of two types has shows. */
type Whole<T> = unknown extends T
  ? unknown
  : T extends readonly (infer E)[]
    ? Whole<E>[]
    : T extends object
      ? { -readonly [K in keyof T]-?: Whole<T[K]> }
      : T;

/** True when each type is assignable to the other, and neither has a member that the other lacks. */
type Same<A, B> = [A, Whole<A>] extends [B, Whole<B>]
  ? [B, Whole<B>] extends [A, Whole<A>]
    ? true
    : false
  : false;

/** Fails to compile for a schema whose type is not that of the domain. */
const agrees = <A, B>(same: Same<A, B>) => same;

test('types that the domain defines itself equal those of the schemas', () => {
  expect([
    agrees<z.output<typeof device>, ShownDevice>(true),
    agrees<z.output<typeof healthCheckLine>, HealthCheckOutput>(true),
    agrees<z.output<typeof upstreamAnswer>, UpstreamSaid>(true),
    agrees<z.output<typeof sharedAttributesAnswer>['common'][number], CommonValue>(true),
    agrees<NonNullable<ShownEvidence['of']>, Neighbour>(true),
  ]).not.toContain(false);
});

test('the comparison detects members that only one of two types has', () => {
  expect(agrees<{ a: string }, { a: string; b?: string }>(false)).toBe(false);
  expect(agrees<{ a: string }, { a: string | null }>(false)).toBe(false);
  expect(agrees<{ a?: string }, { a: string }>(false)).toBe(false);
});
