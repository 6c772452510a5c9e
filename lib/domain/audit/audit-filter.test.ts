import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from './audit.ts';
import { auditParams, EVERY_ENTRY, readAuditFilter } from './audit-filter.ts';

describe('the filter of the audit log', () => {
  test('is empty where the address names nothing, and omits invalid values', () => {
    expect(auditParams(EVERY_ENTRY).size).toBe(0);
    expect(readAuditFilter(new URLSearchParams())).toEqual(EVERY_ENTRY);
    const odd = 'action=x&outcome=&who=&target=&from=yesterday&to=&other=1';
    expect(readAuditFilter(new URLSearchParams(odd))).toEqual(EVERY_ENTRY);
  });

  test('is read back from an address as it was written', () => {
    const text = fc.option(fc.string({ minLength: 1, maxLength: 20 }));
    const moment = fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }));
    const filters = fc.record({
      subject: text,
      targetId: text,
      text: fc.string({ maxLength: 20 }),
      from: moment,
      to: moment,
      action: fc.option(fc.constantFrom(...AUDIT_ACTIONS)),
      outcome: fc.option(fc.constantFrom(...AUDIT_OUTCOMES)),
    });
    fc.assert(
      fc.property(filters, (filter) => {
        const address = auditParams(filter).toString();
        expect(readAuditFilter(new URLSearchParams(address))).toEqual(filter);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});
