import type { Transaction } from 'kysely';
import { type FindingCode, isFindingCode } from '#lib/domain/finding.ts';
import type { FindingSpan, StandingFinding } from '#lib/domain/standing-finding.ts';
import { idInKey } from './device-rows.ts';
import { type Engine, write } from './engine.ts';
import type { FindingNews, FindingStore } from './finding-store.ts';
import { plainColumn } from './plain-column.ts';
import type { Tables } from './schema.ts';

type Trx = Transaction<Tables>;

/** What is wrong with devices, in SQL. */
export function findingStore(engine: Engine): FindingStore {
  const { db } = engine;
  return {
    recordFindings: (deviceKey, codes, at) => recordFindings(engine, plainColumn(deviceKey), codes, at),
    standingFindings: () => standingFindings(db),
    findingSpans: (deviceKey, from, to) => findingSpans(db, plainColumn(deviceKey), from, to),
  };
}

const NOTHING_NEW: FindingNews = { raised: [], cleared: [] };

async function recordFindings(
  engine: Engine,
  key: string,
  codes: readonly FindingCode[],
  at: number,
): Promise<FindingNews> {
  // Almost always nothing is new, which needs no transaction.
  const text = codes.length === 0 ? null : [...new Set(codes)].join(' ');
  const row = await engine.db
    .selectFrom('devices')
    .select('findings')
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row || row.findings === text) return NOTHING_NEW;
  return write(engine, async ({ trx, announce }) => {
    const known = await trx
      .updateTable('devices')
      .set({ findings: text })
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
