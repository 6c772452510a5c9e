import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { monthOf } from '#lib/domain/budget/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { DoctorStep, DoctorStepName, HealthCheckOutput } from '#lib/domain/diagnostics/doctor.ts';
import { DOCTOR_STEPS } from '#lib/domain/diagnostics/doctor.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import type { Store } from '#lib/store/store.ts';
import { entry, SEALER } from '#lib/testing/audit.ts';
import { movingClock } from '#lib/testing/clocks/moving-clock.ts';
import { changeDatabase, unguarded } from '#lib/testing/databases/change-database.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { SECRET } from '#lib/testing/keys.ts';
import { reading } from '#lib/testing/reading.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';
import { examine } from './doctor.ts';

let simulator: SimulatorProcess;
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--rooms', '5']);
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.control('POST', '/reset'));

/** A configuration with which all is well. */
const settings = () => ({
  AUTH_SECRET: SECRET,
  DINGTALK_API_ORIGIN: simulator.origin,
  DINGTALK_CLIENT_ID: 'dingsimulator',
  DINGTALK_CLIENT_SECRET: 'simulator-secret',
  DINGTALK_CORP_ID: 'dingsimcorp',
  DINGTALK_OPERATOR_UNION_ID: 'simOperatorUnionId',
});

describe.each(ENGINES)('the doctor on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    for (let seq = 1; seq <= 4; seq += 1) await store.recordAudit(entry({ at: seq }), SEALER);
  });

  async function found(
    env: Record<string, string> = {},
    remembered: { seq: number; hash: string } | null = null,
    clock: Clock = systemClock,
  ) {
    const { databaseUrl, dataDir } = engine.place();
    const place = databaseUrl === null ? { DATA_DIR: dataDir } : { DATABASE_URL: databaseUrl };
    const results: HealthCheckOutput[] = [];
    const report = (each: HealthCheckOutput) => void results.push(each);
    const well = await examine({ ...settings(), ...place, ...env }, { remembered, clock, report });
    const steps = results.filter((each): each is DoctorStep & { kind: 'step' } => each.kind === 'step');
    expect(steps.map(({ step }) => step)).toEqual(DOCTOR_STEPS);
    expect(well).toBe(steps.every(({ state }) => state !== 'failed'));
    expect(JSON.stringify(results)).not.toContain('simulator-secret');
    return { begun: results[0], steps };
  }

  const step = async (name: DoctorStepName, ...given: Parameters<typeof found>) =>
    (await found(...given)).steps.find((each) => each.step === name);

  const values = (of: DoctorStep | undefined, name: string) =>
    of?.facts.find((each) => each.name === name)?.values;

  const tamper = (...statements: string[]) =>
    changeDatabase(engine.place(), ...unguarded(engine.place()), ...statements);

  test('passes on a running installation, makes exactly the announced calls and counts each', async () => {
    const { begun, steps } = await found();
    expect(steps.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(begun).toMatchObject({ kind: 'begun', cost: { calls: 3, left: 2500 } });
    const spending = await store.spending(monthOf(Date.now()));
    expect(spending.byDay).toMatchObject([{ purpose: 'check', calls: 3 }]);
    expect(await simulator.control('GET', '/calls')).toMatchObject({ counted: 3 });
  });

  test('names the newest entry of the audit log and recognizes the remembered one', async () => {
    const head = await store.auditHead();
    const whole = await step('audit', {}, head);
    expect(values(whole, 'audit-whole')).toEqual({ entries: '4', head: `4:${head?.hash.slice(0, 16)}` });
    expect(values(whole, 'audit-remembered')).toEqual({});
    const cut = await step('audit', {}, { seq: 9, hash: 'abcdef12' });
    expect(cut).toMatchObject({ state: 'failed', trouble: 'audit-cut' });
    expect(values(cut, 'audit-not-remembered')).toEqual({ seq: '9' });
  });

  test('checks a long log in parts, including entries written meanwhile', async () => {
    for (let seq = 5; seq <= 520; seq += 1) await store.recordAudit(entry({ at: seq }), SEALER);
    const looked = step('audit');
    await Promise.all([1, 2, 3].map((at) => store.recordAudit(entry({ at }), SEALER)));
    expect(values(await looked, 'audit-whole')?.entries).toMatch(/^52\d$/);
  });

  test.each([
    ["update audit_entries set name = 'somebody else' where seq = 2", 'audit-altered', '2'],
    ["update audit_entries set outcome = 'refused' where seq = 4", 'audit-altered', '4'],
    ["update audit_entries set seal = 'x' where seq = 3", 'audit-forged', '3'],
    ['delete from audit_entries where seq = 2', 'audit-missing', '2'],
    ['delete from audit_entries where seq > 2', 'audit-missing', '3'],
    ['delete from audit_entries', 'audit-missing', '1'],
    ['delete from audit_head', 'audit-forged', '1'],
    ["update audit_head set hash = 'x'", 'audit-altered', '4'],
  ])('after %s reports %s of entry %s', async (statement, name, seq) => {
    await tamper(statement);
    const audit = await step('audit');
    expect(audit).toMatchObject({ state: 'failed', trouble: 'audit-broken' });
    expect(values(audit, name)).toEqual({ seq });
  });

  test('cannot verify a log under another secret until an entry is written under it', async () => {
    const env = { AUTH_SECRET: 'another secret that is long enough too' };
    expect(await step('audit', env)).toMatchObject({ state: 'failed', trouble: 'audit-unsealed' });
  });

  test('reports stored secrets that are not sealed with the current AUTH_SECRET, and those that no key opens', async () => {
    await store.recordReading({ by: 'deviceId', id: '1234' }, reading({ device: { castCode: '840217' } }));
    expect(await step('sealed')).toMatchObject({ state: 'ok', facts: [{ name: 'sealed-all' }] });
    const AUTH_SECRET = 'another secret that is long enough too';
    const rotated = await step('sealed', { AUTH_SECRET, AUTH_SECRET_PREVIOUS: SECRET });
    expect(rotated).toMatchObject({ state: 'failed', trouble: 'values-unsealed' });
    expect(Number(values(rotated, 'sealed-due')?.rows)).toBeGreaterThan(1);
    const lost = await step('sealed', { AUTH_SECRET });
    expect(lost).toMatchObject({ state: 'failed', trouble: 'secret-unknown' });
  });

  test('verifies audit entries from before a change of AUTH_SECRET with the earlier secret', async () => {
    const env = { AUTH_SECRET: 'another secret that is long enough too', AUTH_SECRET_PREVIOUS: SECRET };
    expect(await step('audit', env)).toMatchObject({ state: 'ok' });
  });

  test('reports whether the database is older or newer than this version, and makes no call that it cannot count', async () => {
    const newest = '(select max(name) from kysely_migration)';
    await changeDatabase(engine.place(), "insert into kysely_migration values ('9999-future', 'now')");
    expect(await step('database')).toMatchObject({ state: 'failed', trouble: 'database-newer' });
    await changeDatabase(
      engine.place(),
      `update kysely_migration set name = '0028-digests' where name = ${newest}`,
    );
    expect(await step('database')).toMatchObject({ state: 'failed', trouble: 'database-pre-release' });
    await changeDatabase(engine.place(), 'delete from kysely_migration');
    const { steps } = await found();
    const of = (name: DoctorStepName) => steps.find((each) => each.step === name);
    expect(of('database')).toMatchObject({ state: 'failed', trouble: 'database-older' });
    for (const name of ['scope', 'operator', 'quota'] as const) {
      expect(of(name)).toMatchObject({ state: 'not-asked', blockedBy: 'database' });
    }
    expect(of('token')).toMatchObject({ state: 'ok' });
    expect(await simulator.control('GET', '/calls')).toMatchObject({ counted: 0 });
  });

  test('detects a clock that is an hour off from DingTalk’s and the database’s', async () => {
    const clock = movingClock();
    clock.move(-3_600_000);
    const late = await step('clock', {}, null, clock);
    expect(late).toMatchObject({ state: 'failed', trouble: 'clock-off' });
    expect(values(late, 'clock-dingtalk')).toEqual({
      apart: expect.stringMatching(/^36\d\d s$|^3599 s$/),
      direction: 'ahead',
    });
    expect(values(late, 'clock-database')).toMatchObject({ direction: 'ahead' });
  });

  test('names errors of the configuration and checks what it still can', async () => {
    const { steps } = await found({ AUTH_SECRET: 'short', DINGTALK_QPS: 'many' });
    const [configuration, ...others] = steps;
    expect(configuration).toMatchObject({ state: 'failed', trouble: 'configuration-wrong' });
    expect(values(configuration, 'settings-problem')?.text).toContain('AUTH_SECRET: malformed');
    expect(others.filter(({ state }) => state !== 'not-asked').map((each) => each.step)).toEqual([
      'clock',
      'database',
      'files',
    ]);
    expect(JSON.stringify(steps)).not.toContain('short');
  });

  test('reports where it expected a missing database', async () => {
    const nowhere = await step('database', {
      DATA_DIR: join(tmpdir(), 'no-desk-was-here'),
      DATABASE_URL: '',
    });
    expect(values(nowhere, 'database-none')?.place).toContain('no-desk-was-here');
    const closed = await step('database', {
      DATABASE_URL: 'postgres://nobody:hidden@127.0.0.1:1/none',
      DATA_DIR: '',
    });
    expect(closed).toMatchObject({ state: 'failed', trouble: 'database-unreachable' });
    expect(values(closed, 'database-says')?.text).toContain('cannot be reached');
    expect(JSON.stringify(closed)).not.toContain('hidden');
  });
});
