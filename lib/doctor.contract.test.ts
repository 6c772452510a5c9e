import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#lib/store/store.ts';
import { entry, SEALER } from '#lib/testing/audit.ts';
import { changeDatabase, unguarded } from '#lib/testing/change-database.ts';
import { ENGINES, type TestEngine } from '#lib/testing/engines.ts';
import { SECRET } from '#lib/testing/instance.ts';
import { type Diagnosis, examine } from './doctor.ts';

const SETTINGS = { AUTH_SECRET: SECRET, DINGTALK_CLIENT_ID: 'id', DINGTALK_CLIENT_SECRET: 'secret' };

describe.each(ENGINES)('the doctor on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  }, 60_000);
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    for (let seq = 1; seq <= 4; seq += 1) await store.recordAudit(entry({ at: seq }), SEALER);
  });

  async function found(
    env: Record<string, string> = {},
    remembered: { seq: number; hash: string } | null = null,
    now = Date.now,
  ) {
    const { databaseUrl, dataDir } = engine.place();
    const place = databaseUrl === null ? { DATA_DIR: dataDir } : { DATABASE_URL: databaseUrl };
    const diagnoses: Diagnosis[] = [];
    const tell = (each: Diagnosis) => void diagnoses.push(each);
    const well = await examine({ ...SETTINGS, ...place, ...env }, { remembered, now, tell });
    expect(well).toBe(diagnoses.every(({ ok }) => ok));
    return diagnoses;
  }

  const step = async (name: string, ...given: Parameters<typeof found>) =>
    (await found(...given)).find((each) => each.step === name);

  const tamper = (...statements: string[]) =>
    changeDatabase(engine.place(), ...unguarded(engine.place()), ...statements);

  test('finds nothing amiss at a desk that runs, and names the newest entry', async () => {
    const head = await store.auditHead();
    expect(await found()).toEqual(
      ['Configuration', 'Database', 'Version', 'Clock', 'Audit log'].map((each) => ({
        ...{ step: each, ok: true, says: expect.any(String) },
      })),
    );
    const { says } = (await step('Audit log', {}, head)) ?? {};
    expect(says).toContain(`4 entries, whole; the newest is 4:${head?.hash.slice(0, 16)}`);
    expect(says).toContain('the remembered entry is in it');
    const cut = await step('Audit log', {}, { seq: 9, hash: 'abcdef12' });
    expect(cut).toMatchObject({ ok: false, says: expect.stringContaining('entry 9') });
  });

  test('goes through a long log a part at a time, and through what is written meanwhile', async () => {
    for (let seq = 5; seq <= 1_050; seq += 1) await store.recordAudit(entry({ at: seq }), SEALER);
    const looked = found();
    await Promise.all([1, 2, 3].map((at) => store.recordAudit(entry({ at }), SEALER)));
    expect((await looked).at(-1)).toMatchObject({ ok: true, says: expect.stringMatching(/^1,05\d entries/) });
  });

  test.each([
    ["update audit_entries set name = 'somebody else' where seq = 2", 'entry 2 is not as it was written'],
    ["update audit_entries set outcome = 'refused' where seq = 4", 'entry 4 is not as it was written'],
    ["update audit_entries set seal = 'x' where seq = 3", 'entry 3 was not written by this desk'],
    ['delete from audit_entries where seq = 2', 'entry 2 is missing'],
    ['delete from audit_entries where seq > 2', 'entry 3 is missing'],
    ['delete from audit_entries', 'entry 1 is missing'],
    ['delete from audit_head', 'entry 1 was not written by this desk'],
    ["update audit_head set hash = 'x'", 'entry 4 is not as it was written'],
  ])('after %s says that %s', async (statement, says) => {
    await tamper(statement);
    expect(await step('Audit log')).toMatchObject({
      ...{ ok: false, says: expect.stringContaining(says), cure: expect.stringContaining('database') },
    });
  });

  test('cannot vouch for a log under another secret until an entry is written under it', async () => {
    const env = { AUTH_SECRET: 'another secret that is long enough too' };
    expect(await step('Audit log', env)).toMatchObject({
      ...{ ok: false, says: expect.stringContaining('sealed with another AUTH_SECRET') },
    });
  });

  test('says whether the database is older or newer than this version', async () => {
    const newest = '(select max(name) from kysely_migration)';
    await changeDatabase(engine.place(), "insert into kysely_migration values ('9999-future', 'now')");
    expect(await step('Version')).toMatchObject({ ok: false, says: expect.stringContaining('newer') });
    for (let gone = 0; gone < 2; gone += 1) {
      await changeDatabase(engine.place(), `delete from kysely_migration where name = ${newest}`);
    }
    expect(await step('Version')).toMatchObject({ ok: false, says: expect.stringContaining('older') });
  });

  test('sees a clock that is wrong', async () => {
    const late = () => Date.now() - 60_000;
    const diagnosis = await step('Clock', {}, null, late);
    expect(diagnosis).toMatchObject({ ok: false, says: expect.stringMatching(/(59|60)\d{3} ms ahead/) });
  });

  test('names what is wrong with the configuration and looks at what it can all the same', async () => {
    const diagnoses = await found({ AUTH_SECRET: 'short', DINGTALK_QPS: 'many' });
    expect(diagnoses[0]).toMatchObject({
      ok: false,
      says: expect.stringContaining('AUTH_SECRET: malformed'),
    });
    expect(diagnoses.map((each) => each.step)).toEqual(['Configuration', 'Database', 'Version', 'Clock']);
    expect(JSON.stringify(diagnoses)).not.toContain('short');
  });

  test('says where it looked for a database that is not there', async () => {
    const nowhere = { DATA_DIR: join(tmpdir(), 'no-desk-was-here'), DATABASE_URL: '' };
    expect(await step('Database', nowhere)).toMatchObject({
      ...{ ok: false, says: expect.stringContaining('no-desk-was-here') },
    });
    const closed = { DATABASE_URL: 'postgres://nobody:hidden@127.0.0.1:1/none' };
    const diagnosis = await step('Database', closed);
    expect(diagnosis).toMatchObject({ ok: false, says: expect.stringContaining('cannot be reached') });
    expect(JSON.stringify(diagnosis)).not.toContain('hidden');
  });
});
