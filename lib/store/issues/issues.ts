import type { Transaction } from 'kysely';
import type { CurrentIssue, IssueSpan } from '#lib/domain/issues/current-issue.ts';
import { type IssueCode, isIssueCode } from '#lib/domain/issues/issue.ts';
import { idInKey } from '#lib/store/devices/device-rows.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';

/** What began to be wrong with a device and what ended, by one recording. */
export type IssueUpdate = { raised: IssueCode[]; cleared: IssueCode[] };

export type VersionPart = 'firmware' | 'software';

/** When a version of a model's firmware or software was first seen in this fleet. */
export type FirstVersion = { model: string; part: VersionPart; version: string; at: number };

/** What is wrong with devices, and was. Times are milliseconds since the epoch; promises settle when durable. */
export type IssueStore = {
  /** Keeps when a version was first seen, unless that is known. */
  noteVersion(seen: FirstVersion): Promise<void>;
  /**
   * Writes all that is wrong with a device at a moment: what was not before begins then, what is no longer ends then. Pages
   * are told when that is anything. With `parts`, which ones it names as well, see `traitsOf`. A device that is not known
   * is none of its business.
   */
  recordIssues(
    deviceKey: string,
    codes: readonly IssueCode[],
    at: number,
    parts?: string,
  ): Promise<IssueUpdate>;
  /** Everything that is wrong now with devices that are not gone, the oldest first. */
  currentIssues(): Promise<CurrentIssue[]>;
  /** What was wrong with a device within a window, in the order in which it began. */
  issueSpans(deviceKey: string, from: number, to: number): Promise<IssueSpan[]>;
};

type Trx = Transaction<Tables>;

/** What is wrong with devices, in SQL. */
export function issueStore(engine: Engine): IssueStore {
  const { db } = engine;
  return {
    recordIssues: (deviceKey, codes, at, parts) =>
      recordIssues(engine, { key: plainColumn(deviceKey), at, parts }, codes),
    currentIssues: () => currentIssues(db),
    async noteVersion({ model, version, ...seen }) {
      await db
        .insertInto('first_versions')
        .values({ ...seen, model: plainColumn(model), version: plainColumn(version) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      engine.memory.forget();
    },
    issueSpans: (deviceKey, from, to) => issueSpans(db, plainColumn(deviceKey), from, to),
  };
}

const NOTHING_NEW: IssueUpdate = { raised: [], cleared: [] };

async function recordIssues(
  engine: Engine,
  { key, at, parts }: { key: string; at: number; parts: string | undefined },
  codes: readonly IssueCode[],
): Promise<IssueUpdate> {
  // Almost always nothing is new, which needs no transaction.
  const text = codes.length === 0 ? null : [...new Set(codes)].join(' ');
  const row = await engine.db
    .selectFrom('devices')
    .select(['issues', 'parts'])
    .where('key', '=', key)
    .executeTakeFirst();
  const isKnown = row?.issues === text && (parts === undefined || row.parts === parts);
  if (!row || isKnown) return NOTHING_NEW;
  return write(engine, async ({ trx, announce }) => {
    const known = await trx
      .updateTable('devices')
      .set({ issues: text, ...(parts !== undefined && { parts }) })
      .where('key', '=', key)
      .executeTakeFirst();
    if (known.numUpdatedRows === 0n) return NOTHING_NEW;
    const news = await endAndBegin(trx, key, new Set(codes), at);
    await trx
      .updateTable('devices')
      .set({ issue_since: codes[0] === undefined ? null : sinceOf(trx, key, codes[0]) })
      .where('key', '=', key)
      .execute();
    announce({ at, kind: 'device', key });
    return news;
  });
}

const sinceOf = (trx: Trx, key: string, code: IssueCode) =>
  trx
    .selectFrom('issues')
    .select('since')
    .where('device_key', '=', key)
    .where('code', '=', code)
    .where('until', 'is', null);

async function endAndBegin(trx: Trx, key: string, codes: ReadonlySet<IssueCode>, at: number) {
  const currentIssues = await trx
    .selectFrom('issues')
    .select(['code', 'since'])
    .where('device_key', '=', key)
    .where('until', 'is', null)
    .execute();
  const stood = new Set(currentIssues.map(({ code }) => code));
  const ended = currentIssues.filter(({ code }) => !(codes as ReadonlySet<string>).has(code));
  for (const { code, since } of ended) {
    await trx
      .updateTable('issues')
      // A clock that was set back ends nothing before it began.
      .set({ until: Math.max(at, since) })
      .where((each) => each.and({ device_key: key, code, since }))
      .execute();
  }
  const raised = [...codes].filter((code) => !stood.has(code));
  for (const code of raised) {
    await trx
      .insertInto('issues')
      .values({ device_key: key, code, since: at, until: null })
      // It ended in this very millisecond, and goes on.
      .onConflict((conflict) =>
        conflict.columns(['device_key', 'code', 'since']).doUpdateSet({ until: null }),
      )
      .execute();
  }
  return { raised, cleared: ended.map(({ code }) => code).filter(isIssueCode) };
}

async function currentIssues(db: Engine['db']): Promise<CurrentIssue[]> {
  const rows = await db
    .selectFrom('issues')
    .innerJoin('devices', 'devices.key', 'issues.device_key')
    .leftJoin('rooms', 'rooms.id', 'devices.room_id')
    .select(['device_key', 'code', 'since', 'device_id', 'devices.name', 'room_id'])
    .select(['rooms.name as named', 'devices.room_name as said'])
    .where('until', 'is', null)
    .where('devices.removed_at', 'is', null)
    .orderBy('since')
    .orderBy('device_key')
    .execute();
  return rows.flatMap(({ code, ...row }) =>
    isIssueCode(code)
      ? [
          {
            deviceKey: row.device_key,
            deviceId: row.device_id ?? idInKey(row.device_key),
            name: row.name,
            roomId: row.room_id,
            roomName: row.named ?? row.said,
            code,
            since: row.since,
          },
        ]
      : [],
  );
}

async function issueSpans(db: Engine['db'], key: string, from: number, to: number): Promise<IssueSpan[]> {
  const rows = await db
    .selectFrom('issues')
    .select(['code', 'since', 'until'])
    .where('device_key', '=', key)
    .where('since', '<=', to)
    .where((each) => each.or([each('until', 'is', null), each('until', '>=', from)]))
    .orderBy('since')
    .orderBy('code')
    .execute();
  return rows.flatMap(({ code, since, until }) =>
    isIssueCode(code) ? [{ code, from: since, to: until }] : [],
  );
}

/** When the versions of a device's model were first seen. */
export const firstVersionsAround = async (db: Engine['db'], key: string): Promise<FirstVersion[]> =>
  (await db
    .selectFrom('first_versions as seen')
    .innerJoin('devices', 'devices.model', 'seen.model')
    .select(['seen.model', 'seen.part', 'seen.version', 'seen.at'])
    .where('devices.key', '=', key)
    .execute()) as FirstVersion[];
