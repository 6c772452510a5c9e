import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_REQUEST } from '#lib/domain/access/access.ts';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { createSealer, replacedLog } from '#lib/store/audit/audit-chain.ts';
import { auditHeadFile } from '#lib/store/audit/audit-head-file.ts';
import { makeBackup } from '#lib/store/backup/make-backup.ts';
import { restoreBackup } from '#lib/store/backup/restore-backup.ts';
import type { Store } from '#lib/store/store.ts';
import { callerOf, person } from '#lib/testing/app.ts';
import { checkOf, entry, SEALER } from '#lib/testing/audit.ts';
import { manualClock } from '#lib/testing/clocks/manual-clock.ts';
import { changeDatabase, unguarded } from '#lib/testing/databases/change-database.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';
import { KEYS, SECRET } from '#lib/testing/keys.ts';
import { acknowledgeAuditGap } from './acknowledge-audit-gap.ts';
import { createAudit } from './audit.ts';
import { type AuditGuard, CONFIRM_AFTER_MS, createAuditGuard, GUARD_EVERY_MS } from './audit-guard.ts';

describe.each(ENGINES)('the audit log on $engine, watched by a running process,', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  let clock: ReturnType<typeof manualClock>;
  let folder: string;
  let guards: AuditGuard[];
  let warnings: string[];
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    clock = manualClock();
    folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
    guards = [];
    warnings = [];
  });
  afterEach(async () => {
    await Promise.all(guards.map((guard) => guard.stop()));
    rmSync(folder, { recursive: true });
  });

  /** One process: its log, and what watches it. `name` is its data folder. */
  function instance(name = 'data', on = store, sealer = SEALER) {
    const file = auditHeadFile({ ...engine.place(), dataDir: join(folder, name) });
    const warn = (fact: string) => void warnings.push(fact);
    const guard = createAuditGuard({ store: on, sealer, clock, file, warn });
    guards.push(guard);
    const audit = createAudit({ store: on, sealer, clock, warn, guard });
    const write = (about: string) =>
      audit.record({ by: person('admin'), source: NO_REQUEST, action: 'exported', about });
    return { guard, audit, write, store: on, clock };
  }
  type Instance = ReturnType<typeof instance>;

  /** Changes the log as the owner of the database can; once per test, because it removes the triggers first. */
  const change = (...statements: string[]) =>
    changeDatabase(engine.place(), ...unguarded(engine.place()), ...statements);
  /** Checks, with time for what is missing to appear. */
  const check = async ({ guard }: Instance) => {
    let ended = false;
    const checked = guard.check().finally(() => {
      ended = true;
    });
    while (!ended) await clock.pass(CONFIRM_AFTER_MS);
    await checked;
  };
  const gapOf = async (app: Instance) => {
    await check(app);
    return app.guard.gap();
  };
  const recordRestore = (about: string) =>
    store.recordAudit(
      entry({ at: clock.now(), action: 'restored', target: { kind: 'database', id: null }, about }),
      SEALER,
    );
  /** Deletes every entry after a number, as the owner of the database can; the triggers are removed already. */
  const cutAfter = async (seq: number, ...first: string[]) => {
    const [kept] = await store.auditChain(seq - 1, 1);
    await changeDatabase(
      engine.place(),
      ...first,
      `delete from audit_entries where seq > ${seq}`,
      `update audit_head set seq = ${seq}, hash = '${kept?.hash}', seal = '${kept?.seal}'`,
    );
  };
  const actions = async () =>
    (await store.auditEntries(EVERY_ENTRY, null, 100)).map(({ action }) => action).reverse();

  test('is unchanged while several processes write to it, and when it continues under a new secret', async () => {
    const app = instance();
    const other = instance('other', await instanceBeside(engine, store));
    for (let round = 0; round < 5; round += 1) await Promise.all([app.write('here'), other.write('there')]);
    await other.guard.stop();
    const rotated = instance(
      'other',
      store,
      createSealer('another secret that is long enough too', [SECRET]),
    );
    await rotated.write('under the new secret');
    await app.guard.stop();
    expect(await gapOf(rotated)).toBeNull();
    const again = instance('data', store, createSealer('another secret that is long enough too', [SECRET]));
    expect(await gapOf(again)).toBeNull();
    expect(await actions()).not.toContain('log-gap-found');
    expect(warnings).toEqual([]);
  });

  test('raises an issue when it was emptied and continues from entry 1', async () => {
    const app = instance();
    for (const each of ['one', 'two', 'three']) await app.write(each);
    const [third] = await store.auditChain(2, 1);
    await change('delete from audit_entries', 'delete from audit_head');
    await app.write('after');
    expect(await gapOf(app)).toMatchObject({
      expected: { seq: 3, hash: third?.hash },
      found: { seq: 1 },
    });
    expect(await actions()).toEqual(['exported', 'log-gap-found']);
    expect((await checkOf(store)).broken).toBeNull();
    expect(warnings).toContain('audit log cut or rewritten');
  });

  test('raises an issue when it was emptied and nothing was written since', async () => {
    const app = instance();
    await app.write('one');
    await app.guard.check();
    await change('delete from audit_entries', 'delete from audit_head');
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 1 }, found: null });
  });

  test('raises an issue when its end was cut off, or a seen entry was replaced', async () => {
    const app = instance();
    for (const each of ['one', 'two', 'three']) await app.write(each);
    const [second, third] = await store.auditChain(1, 2);
    await app.guard.check();
    await change(
      'delete from audit_entries where seq = 3',
      `update audit_head set seq = 2, hash = '${second?.hash}', seal = '${second?.seal}'`,
    );
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 3, hash: third?.hash }, found: { seq: 2 } });
  });

  test('raises an issue when it was rewritten at the same length, or only its head was reset', async () => {
    const app = instance();
    for (const each of ['one', 'two']) await app.write(each);
    await app.guard.check();
    await change('delete from audit_entries', 'delete from audit_head');
    for (const about of ['other', 'entries']) await store.recordAudit(entry({ about }), SEALER);
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 2 }, found: { seq: 2 } });
    const seen = (await store.auditHead())?.seq ?? 0;
    await changeDatabase(engine.place(), 'update audit_head set seq = 1');
    expect(await gapOf(app)).toMatchObject({ expected: { seq: seen }, found: { seq: 1 } });
  });

  test('raises an issue when an entry was inserted without the key', async () => {
    const app = instance();
    await app.write('one');
    await app.guard.check();
    await store.recordAudit(entry(), { ...SEALER, sealOf: () => 'forged' });
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 1 } });
  });

  test('raises an issue when an entry was inserted under an unknown key', async () => {
    const app = instance();
    await app.write('one');
    await app.guard.check();
    await store.recordAudit(entry(), createSealer('another secret, long enough'));
    await app.write('after');
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 1 } });
  });

  test('keeps the issue until an admin acknowledges it, on every instance and after a restart', async () => {
    const app = instance();
    const other = instance('other', await instanceBeside(engine, store));
    for (const each of ['one', 'two']) await app.write(each);
    await check(other);
    await change('delete from audit_entries', 'delete from audit_head');
    expect(await gapOf(app)).not.toBeNull();
    expect(await gapOf(other)).not.toBeNull();
    await app.guard.stop();
    const again = instance();
    await clock.pass(10 * GUARD_EVERY_MS);
    expect(await again.guard.gap()).not.toBeNull();
    for (const role of ['viewer', 'support'] as const) {
      const { guard: auditGuard, audit } = again;
      await expect(
        acknowledgeAuditGap({ store, clock, auditGuard, audit }, callerOf(person(role))),
      ).rejects.toThrow('not-permitted.role');
    }
    const refusal = { by: person('support'), source: NO_REQUEST, outcome: 'refused' } as const;
    again.audit.note({ ...refusal, action: 'log-gap-acknowledged' });
    await again.audit.settled();
    expect(await again.guard.gap()).not.toBeNull();
    const unknown = createSealer('another secret, long enough');
    await store.recordAudit(entry({ at: clock.now(), action: 'log-gap-acknowledged' }), unknown);
    expect(await again.guard.gap(), 'an entry under another key acknowledges nothing').not.toBeNull();
    // An entry under an unknown key is detected as well, and acknowledged with the others.
    for (const each of [again, other]) await check(each);
    const acknowledging = { store, clock, auditGuard: again.guard, audit: again.audit };
    await acknowledgeAuditGap(acknowledging, callerOf(person('admin')));
    await acknowledgeAuditGap(acknowledging, callerOf(person('admin')));
    expect(await gapOf(again)).toBeNull();
    expect(await gapOf(other)).toBeNull();
    const all = await actions();
    expect(all.filter((action) => action === 'log-gap-acknowledged')).toHaveLength(3);
    // One entry, or one of each instance if both checked at the same moment.
    expect(new Set(all)).toEqual(new Set(['log-gap-found', 'chain-continued', 'log-gap-acknowledged']));
  });

  test('is still known after a restart, by a file that only its owner can read', async () => {
    const app = instance();
    for (const each of ['one', 'two']) await app.write(each);
    await app.guard.stop();
    const [name = ''] = readdirSync(join(folder, 'data'));
    expect(name).toMatch(/^audit-head-[0-9a-f]{12}\.json$/);
    expect(statSync(join(folder, 'data', name)).mode & 0o777).toBe(0o600);
    await change('delete from audit_entries', 'delete from audit_head');
    expect(await gapOf(instance())).toMatchObject({ expected: { seq: 2 }, found: null });
  });

  test('raises nothing after a real restore into the running server’s database', async () => {
    const app = instance();
    await app.write('one');
    const path = join(folder, 'backup.jsonl.gz');
    const keys = { keyring: KEYS, sealer: SEALER, passphrase: null, nowMs: clock.now() };
    await makeBackup(engine.place(), path, { ...keys, product: null });
    for (const each of ['two', 'three']) await app.write(each);
    await app.guard.check();
    await restoreBackup(engine.place(), path, { ...keys, replace: true, unauthenticated: false });
    await app.write('after');
    expect(await gapOf(app)).toBeNull();
    expect(await actions()).toContain('restored');
    expect(await actions()).not.toContain('log-gap-found');
  });

  test('recognizes a restore, and treats an old copy of the database with a restore in it as a gap', async () => {
    const app = instance();
    for (const each of ['one', 'two', 'three']) await app.write(each);
    await app.guard.check();
    const [third] = await store.auditChain(2, 1);
    await change('delete from audit_entries', 'delete from audit_head');
    await recordRestore(`old.gz, 9 rows; ${replacedLog(third ?? { seq: 0, hash: '' })}`);
    const [first] = await store.auditChain(0, 1);
    expect(await gapOf(app)).toBeNull();
    expect(await actions()).toEqual(['restored']);
    expect(warnings).toEqual(['audit log restored from a backup']);
    await clock.pass(3_600_000);
    await app.write('an hour later');
    await app.guard.check();
    await changeDatabase(
      engine.place(),
      'delete from audit_entries where seq > 1',
      `update audit_head set seq = 1, hash = '${first?.hash}', seal = '${first?.seal}'`,
    );
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 2 } });
  });

  test('raises an issue when entries after a restore are cut off, within a minute of it', async () => {
    const app = instance();
    await app.write('one');
    await app.guard.check();
    await recordRestore('backup.gz, 9 rows');
    await app.write('after');
    await app.guard.check();
    await cutAfter(2, ...unguarded(engine.place()));
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 3 }, found: { seq: 2 } });
  });

  test('accepts a restore of another log as a reason once, and only when it replaced what was seen', async () => {
    const app = instance();
    for (const each of ['one', 'two', 'three', 'four']) await app.write(each);
    const [fourth] = await store.auditChain(3, 1);
    await change('delete from audit_entries', 'delete from audit_head');
    await recordRestore(`old.gz, 9 rows; ${replacedLog(fourth ?? { seq: 0, hash: '' })}`);
    expect(await gapOf(app)).toBeNull();
    await app.write('after');
    await app.guard.check();
    await cutAfter(1);
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 2 }, found: { seq: 1 } });
  });

  test('does not accept the restore of a log of the same length as a reason', async () => {
    const app = instance();
    for (const each of ['one', 'two']) await app.write(each);
    await app.guard.check();
    await change('delete from audit_entries', 'delete from audit_head');
    await recordRestore(`old.gz, 9 rows; ${replacedLog({ seq: 2, hash: '0'.repeat(64) })}`);
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 2 }, found: { seq: 1 } });
  });

  test('raises an issue when an older log is restored that continues for longer and holds a restore', async () => {
    for (const about of ['one', 'two']) await store.recordAudit(entry({ at: clock.now(), about }), SEALER);
    await recordRestore('old.gz, 9 rows');
    await change(
      'create table kept_entries as select * from audit_entries',
      'create table kept_head as select * from audit_head',
      'delete from audit_entries',
      'delete from audit_head',
    );
    await clock.pass(3_600_000);
    const app = instance();
    await app.write('an hour later');
    await app.guard.check();
    await changeDatabase(
      engine.place(),
      'delete from audit_entries',
      'insert into audit_entries select * from kept_entries',
      'delete from audit_head',
      'insert into audit_head select * from kept_head',
    );
    expect(await gapOf(app)).toMatchObject({ expected: { seq: 1 }, found: { seq: 3 } });
  });

  test('recognizes a restore into an empty database, minutes after the last entry', async () => {
    const app = instance();
    for (const each of ['one', 'two']) await app.write(each);
    await app.guard.check();
    await clock.pass(3 * GUARD_EVERY_MS);
    await change('delete from audit_entries', 'delete from audit_head');
    await recordRestore('old.gz, 9 rows');
    expect(await gapOf(app)).toBeNull();
  });
});
