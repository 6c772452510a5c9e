import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { checkOf, SEALER } from '#lib/testing/audit.ts';
import { movingClock } from '#lib/testing/clocks/moving-clock.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { createAudit } from './audit.ts';

const { start } = ENGINES[0] as (typeof ENGINES)[number];
let engine: TestEngine;
beforeAll(async () => {
  engine = await start();
});
afterAll(() => engine.stop());

test('refusals counted by each instance are in one complete chain after both have stopped', async () => {
  const store = await engine.open();
  const instances = [1, 2].map(() =>
    createAudit({ store, sealer: SEALER, clock: movingClock(), warn: (fact) => expect.unreachable(fact) }),
  );
  for (let attempt = 0; attempt < 100; attempt += 1) {
    for (const audit of instances) {
      audit.noteRefusal({
        by: null,
        source: { address: '192.0.2.7', requestId: `${attempt}` },
        action: 'token-refused',
        about: `${'x'.repeat(600)}${attempt}`,
      });
    }
  }
  await Promise.all(instances.map((audit) => audit.close()));
  const found = await store.auditEntries(EVERY_ENTRY, null, 1_000);
  expect(found).toHaveLength(4);
  expect(found.filter(({ about }) => about?.includes('x&repeated=99&since='))).toHaveLength(2);
  expect(found.every(({ outcome }) => outcome === 'refused')).toBe(true);
  expect(await checkOf(store)).toMatchObject({ entries: 4, broken: null });
});
