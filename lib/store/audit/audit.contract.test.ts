import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import type { Store } from '#lib/store/store.ts';
import { checkOf, entry, SEALER } from '#lib/testing/audit.ts';
import { changeDatabase } from '#lib/testing/databases/change-database.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';
import { createSealer } from './audit-chain.ts';

describe.each(ENGINES)('the audit log on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });

  const record = (given: Parameters<typeof entry>[0] = {}) => store.recordAudit(entry(given), SEALER);
  const found = async (filter: Partial<typeof EVERY_ENTRY>) =>
    (await store.auditEntries({ ...EVERY_ENTRY, ...filter }, null, 100)).map(({ seq }) => seq);

  test('stores each entry, in a valid chain', async () => {
    expect(await store.auditHead()).toBeNull();
    expect(await checkOf(store)).toEqual({ entries: 0, broken: null, keyChanges: [] });
    const given = entry({ reason: 'half a pair \ud83d and\0 NUL', about: 'x'.repeat(900), target: null });
    const kept = await store.recordAudit(given, SEALER);
    expect(kept).toMatchObject({ seq: 1, reason: 'half a pair \ufffd and\ufffd NUL', target: null });
    await record({ who: { subject: null, name: null, role: null }, requestId: null });
    expect(await store.auditEntries(EVERY_ENTRY, null, 1)).toMatchObject([{ seq: 2, who: { name: null } }]);
    expect((await store.auditChain(0, 1))[0]).toEqual(kept);
    expect(await checkOf(store)).toMatchObject({ entries: 2, broken: null });
  });

  test('does not fork when several instances write at once', async () => {
    const other = await instanceBeside(engine, store);
    const writers = Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? store : other).recordAudit(entry({ about: `${index}` }), SEALER),
    );
    const seqs = (await Promise.all(writers)).map(({ seq }) => seq);
    expect(seqs.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(await checkOf(store)).toMatchObject({ entries: 40, broken: null });
  });

  test('is searched by person, action, result, target, time and any text', async () => {
    await record({ at: 10, about: '100% of_it', address: '2001:DB8::1' });
    await record({ at: 20, who: { subject: 'oidc:2', name: 'Ada', role: 'admin' }, action: 'revealed' });
    await record({ at: 30, outcome: 'failed', target: { kind: 'device', id: '77' }, reason: '投屏 请求' });
    expect(await found({})).toEqual([3, 2, 1]);
    expect(await found({ subject: 'oidc:2' })).toEqual([2]);
    expect(await found({ action: 'revealed' })).toEqual([2]);
    expect(await found({ outcome: 'failed' })).toEqual([3]);
    expect(await found({ targetId: '77' })).toEqual([3]);
    expect(await found({ from: 20, to: 30 })).toEqual([2]);
    for (const [text, seqs] of [
      ['ADA', [2]],
      ['投屏', [3]],
      ['0% of_', [1]],
      ['2001:db8', [1]],
      ['%', [1]],
      ['\\', []],
      ['nobody', []],
    ] as const) {
      expect([text, await found({ text })]).toEqual([text, seqs]);
    }
    expect(await store.countAudit({ ...EVERY_ENTRY, text: 'test:one' })).toBe(2);
    const page = await store.auditEntries(EVERY_ENTRY, 3, 1);
    expect(page.map(({ seq }) => seq)).toEqual([2]);
  });

  test('writes several entries as if each had arrived alone, and all or none', async () => {
    await record();
    const added = await store.recordAudits(
      [1, 2, 3].map((at) => entry({ at })),
      SEALER,
    );
    expect(added.map(({ seq }) => seq)).toEqual([2, 3, 4]);
    await record();
    expect(await checkOf(store)).toMatchObject({ entries: 5, broken: null });
    expect(await store.recordAudits([], SEALER)).toEqual([]);
    const broken = { ...entry(), action: null } as unknown as ReturnType<typeof entry>;
    await expect(store.recordAudits([entry(), broken], SEALER)).rejects.toThrow();
    expect(await checkOf(store)).toMatchObject({ entries: 5, broken: null });
  });

  test('continues under another secret with an entry for it; later entries protect those sealed before', async () => {
    await record();
    await record();
    const other = createSealer('another secret that is long enough too');
    expect((await checkOf(store, other)).broken).toEqual({ seq: 1, fault: 'unsealed' });
    const { seq } = await store.recordAudit(entry({ at: 9 }), other);
    expect(seq).toBe(4);
    expect(await checkOf(store, other)).toEqual({
      entries: 4,
      broken: null,
      keyChanges: [{ seq: 3, at: 9 }],
    });
  });

  test('refuses to change or delete an entry', async () => {
    await record();
    for (const change of ["update audit_entries set name = 'x'", 'delete from audit_entries']) {
      await expect(changeDatabase(engine.place(), change)).rejects.toThrow('never changed');
    }
    expect(await checkOf(store)).toMatchObject({ entries: 1, broken: null });
  });
});
