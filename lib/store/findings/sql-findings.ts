import type { Transaction } from 'kysely';
import type { FindingSpan, StandingFinding } from '#lib/domain/findings/current-finding.ts';
import { type FindingCode, isFindingCode } from '#lib/domain/findings/finding.ts';
import { idInKey } from '#lib/store/devices/device-rows.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';
import type { FindingNews, FindingStore, FirstVersion } from './finding-store.ts';

type Trx = Transaction<Tables>;

/** What is wrong with devices, in SQL. */
export function findingStore(engine: Engine): FindingStore {
  const { db } = engine;
  return {
    recordFindings: (deviceKey, codes, at, parts) =>
      recordFindings(engine, { key: plainColumn(deviceKey), at, parts }, codes),
    standingFindings: () => standingFindings(db),
    async noteVersion({ model, version, ...seen }) {
      await db
        .insertInto('first_versions')
        .values({ ...seen, model: plainColumn(model), version: plainColumn(version) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      engine.memory.forget();
    },
    findingSpans: (deviceKey, from, to) => findingSpans(db, plainColumn(deviceKey), from, to),
  };
}

const NOTHING_NEW: FindingNews = { raised: [], cleared: [] };

async function recordFindings(
  engine: Engine,
  { key, at, parts }: { key: string; at: number; parts: string | undefined },
  codes: readonly FindingCode[],
): Promise<FindingNews> {
  // Almost always nothing is new, which needs no transaction.
  const text = codes.length === 0 ? null : [...new Set(codes)].join(' ');
  const row = await engine.db
    .selectFrom('devices')
    .select(['findings', 'parts'])
    .where('key', '=', key)
    .executeTakeFirst();
  const isKnown = row?.findings === text && (parts === undefined || row.parts === parts);
  if (!row || isKnown) return NOTHING_NEW;
  return write(engine, async ({ trx, announce }) => {
    const known = await trx
      .updateTable('devices')
      .set({ findings: text, ...(parts !== undefined && { parts }) })
      .where('key', '=', key)
      .executeTakeFirst();
    if (known.numUpdatedRows === 0n) return NOTHING_NEW;
    const news = await endAndBegin(trx, key, new Set(codes), at);
    announce({ at, kind: 'device', key });
    return news;
  });
}

async function endAndBegin(trx: Trx, key: string, codes: ReadonlySet<FindingCode>, at: number) {
  const standing = await trx
    .selectFrom('findings')
    .select(['code', 'since'])
    .where('device_key', '=', key)
    .where('until', 'is', null)
    .execute();
  const stood = new Set(standing.map(({ code }) => code));
  const ended = standing.filter(({ code }) => !(codes as ReadonlySet<string>).has(code));
  for (const { code, since } of ended) {
    await trx
      .updateTable('findings')
      // A clock that was set back ends nothing before it began.
      .set({ until: Math.max(at, since) })
      .where((each) => each.and({ device_key: key, code, since }))
      .execute();
  }
  const raised = [...codes].filter((code) => !stood.has(code));
  for (const code of raised) {
    await trx
      .insertInto('findings')
      .values({ device_key: key, code, since: at, until: null })
      // It ended in this very millisecond, and goes on.
      .onConflict((conflict) =>
        conflict.columns(['device_key', 'code', 'since']).doUpdateSet({ until: null }),
      )
      .execute();
  }
  return { raised, cleared: ended.map(({ code }) => code).filter(isFindingCode) };
}

async function standingFindings(db: Engine['db']): Promise<StandingFinding[]> {
  const rows = await db
    .selectFrom('findings')
    .innerJoin('devices', 'devices.key', 'findings.device_key')
    .leftJoin('rooms', 'rooms.id', 'devices.room_id')
    .select(['device_key', 'code', 'since', 'device_id', 'devices.name', 'room_id'])
    .select(['rooms.name as named', 'devices.room_name as said'])
    .where('until', 'is', null)
    .where('devices.gone_at', 'is', null)
    .orderBy('since')
    .orderBy('device_key')
    .execute();
  return rows.flatMap(({ code, ...row }) =>
    isFindingCode(code)
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

async function findingSpans(db: Engine['db'], key: string, from: number, to: number): Promise<FindingSpan[]> {
  const rows = await db
    .selectFrom('findings')
    .select(['code', 'since', 'until'])
    .where('device_key', '=', key)
    .where('since', '<=', to)
    .where((each) => each.or([each('until', 'is', null), each('until', '>=', from)]))
    .orderBy('since')
    .orderBy('code')
    .execute();
  return rows.flatMap(({ code, since, until }) =>
    isFindingCode(code) ? [{ code, from: since, to: until }] : [],
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
