import type { IssueCode } from '#lib/domain/issues/issue.ts';

/** A change as it may have come before other troubles too: a field, of the unit or of any of its panels, and its new value. */
export type ChangeAsked = { of: 'unit' | 'panel'; field: string; to: unknown };

/** The beginning of a trouble of one device. */
export type Case = { deviceKey: string; at: number };

export type BeforeStore = {
  /**
   * How often each of these changes came within so many milliseconds before a finding began on any device, among the newest
   * cases but for the one that is asked about; `had` has a number for each change, in their order.
   */
  countBefore(
    code: IssueCode,
    changes: readonly ChangeAsked[],
    asked: { within: number; except: Case },
  ): Promise<{ cases: number; had: number[] }>;
};
