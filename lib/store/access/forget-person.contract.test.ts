import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EVERY_ENTRY } from '#lib/domain/audit/audit-filter.ts';
import { ALL_TABLES } from '#lib/store/backup/contents.ts';
import { withDatabase } from '#lib/store/backup/with-database.ts';
import type { Store } from '#lib/store/store.ts';
import { checkOf, entry, SEALER } from '#lib/testing/audit.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { reading } from '#lib/testing/reading.ts';
import { forgetPerson } from './forget-person.ts';

const UNION_ID = 'leftPersonUnionIdiEiE';
const SUBJECT = `dingtalk:${UNION_ID}`;
const NAME = '王离职';
const AT = Date.UTC(2026, 10, 1);

describe.each(ENGINES)('a person who left, on $engine,', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    for (const [subject, unionId, name] of [
      [SUBJECT, UNION_ID, NAME],
      ['dingtalk:other', 'other', 'Ada'],
    ] as const) {
      await fill(subject, unionId, name);
    }
  });

  async function fill(subject: string, unionId: string, name: string) {
    const ref = { by: 'deviceId', id: `of ${unionId.length}` } as const;
    await store.recordReading(ref, reading({ operatorUnionId: unionId, device: { deviceId: ref.id } }));
    await store.recordRefusal({ by: 'deviceId', id: '2' }, unionId, AT);
    await store.recordAudit(entry({ who: { subject, name, role: 'support' } }), SEALER);
    const charge = {
      id: `call ${unionId.length}`,
      at: AT,
      purpose: 'look-up',
      api: 'device',
      asker: { subject },
    };
    await store.chargeCall(charge as never, 1_000);
    const id = `id ${unionId.length}`;
    await withDatabase(engine.place(), async (db) => {
      await db.insertInto('pins').values({ subject, kind: 'device', key: '1', at: AT }).execute();
      await db
        .insertInto('saved_views')
        .values({ subject, name: 'v', id, path: '/devices', at: AT })
        .execute();
      await db.insertInto('recents').values({ subject, device_key: '1', at: AT }).execute();
      const claims = JSON.stringify({ sub: subject, name, unionId });
      const session = { id, secret_hash: id, subject, claims, address: '192.0.2.7', agent: 'Firefox' };
      const times = { signed_in_at: AT, used_at: AT, ends_at: AT, ended_at: null };
      await db
        .insertInto('sessions')
        .values({ ...session, ...times })
        .execute();
      await db.insertInto('person_checks').values({ subject, at: AT }).execute();
      const token = {
        id,
        secret_hash: id,
        name: 'Report',
        role: 'viewer',
        creator: subject,
        creator_name: name,
      };
      const life = { created_at: AT, expires_at: AT, used_at: null, revoked_at: null };
      await db
        .insertInto('api_tokens')
        .values({ ...token, ...life, claims })
        .execute();
      const note = { id, kind: 'device', key: '1', author: subject, author_name: name, body: 'A note' };
      const written = { written_at: AT, edited_at: null, removed_at: AT, removed_by: subject };
      await db
        .insertInto('notes')
        .values({ ...note, ...written })
        .execute();
      const check = { device_key: '1', step: 's', at: AT + unionId.length, answer: 'yes' };
      await db
        .insertInto('checklist_answers')
        .values({ ...check, subject, name })
        .execute();
      const silence = JSON.stringify({ id, by: name, reason: 'Works' });
      await db.insertInto('silences').values({ id, body: silence, created_at: AT, ends_at: null }).execute();
      const use = {
        use: 'reveal',
        by: 'person',
        key: subject,
        window_start: AT,
        name,
        count: 1,
        last_at: AT,
      };
      await db.insertInto('secret_uses').values(use).execute();
      const absent = { named_by: 'deviceId', named: '9', operator_union_id: unionId, at: AT };
      await db.insertInto('absent_devices').values(absent).execute();
    });
  }

  /** Everything in the database but the audit log, as text. */
  const contents = () =>
    withDatabase(engine.place(), async (db) => {
      const tables = ALL_TABLES.filter((table) => !table.startsWith('audit_'));
      const rows = await Promise.all(
        tables.map(async (table) => [table, await db.selectFrom(table).selectAll().execute()] as const),
      );
      return new Map(rows.map(([table, found]) => [table, JSON.stringify(found)]));
    });
  const naming = async (...words: string[]) =>
    [...(await contents())].flatMap(([table, text]) =>
      words.some((word) => text.includes(word)) ? [table] : [],
    );
  const forget = (dryRun: boolean, subject = SUBJECT) =>
    forgetPerson(engine.place(), { subject, sealer: SEALER, nowMs: AT + 1, userName: 'root', dryRun });

  test('is named only in the audit log afterwards, and other people’s data is unchanged', async () => {
    expect((await naming(UNION_ID)).length).toBe(14);
    const { pseudonym, rows, auditEntries } = await forget(false);
    expect(await naming(UNION_ID, NAME)).toEqual([]);
    expect(Object.values(rows).every((count) => count <= 1)).toBe(true);
    expect(rows).toMatchObject({
      sessions: 1,
      tokens: 1,
      notes: 1,
      silences: 1,
      readings: 1,
      calls: 1,
    });
    expect(auditEntries).toBe(1);
    const other = await naming('dingtalk:other', 'Ada');
    expect(other).toEqual(
      expect.arrayContaining(['pins', 'sessions', 'api_tokens', 'notes', 'checklist_answers']),
    );
    const [token] = (await store.tokens()).filter(({ creator }) => creator.subject === pseudonym.subject);
    expect(token).toMatchObject({ revokedAt: AT + 1, creator: { name: pseudonym.name, claims: {} } });
    const [newest] = await store.auditEntries(EVERY_ENTRY, null, 1);
    expect(newest).toMatchObject({
      action: 'person-forgotten',
      outcome: 'done',
      who: { name: 'root' },
      address: 'command line',
      target: { kind: 'person', id: pseudonym.subject },
    });
    expect(JSON.stringify(newest)).not.toMatch(new RegExp(`${UNION_ID}|${NAME}`));
    expect((await checkOf(store)).broken).toBeNull();
  });

  test('is only counted without --yes, and nothing is found for an unknown person', async () => {
    const before = await contents();
    const counted = await forget(true);
    expect(await contents()).toEqual(before);
    expect((await store.auditHead())?.seq).toBe(2);
    expect((await forget(false, 'oidc:https://id.example.com#nobody')).rows).toMatchObject({
      sessions: 0,
      notes: 0,
    });
    expect((await forget(false)).rows).toEqual(counted.rows);
  });
});
