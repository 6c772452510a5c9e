import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import type { StatusState } from '#lib/domain/device-status.ts';
import type { IdentifierKind } from '#lib/domain/identifier-kind.ts';
import { chunks } from './chunks.ts';
import { OWN } from './identifier-rows.ts';
import type { IdentifierHit, IdentifierQuestion, SharedIdentifier } from './inventory-store.ts';
import { plainColumn } from './plain-column.ts';
import type { Tables } from './schema.ts';

/** No text that begins with a prefix comes after the prefix and this, the last of all characters. */
const LAST = '\u{10ffff}';

type Db = Kysely<Tables>;
type Where = (value: Expression<string>) => Expression<SqlBool>;

/** Devices and panels that bear one of these values exactly. */
export async function findIdentifiers(db: Db, { kinds, values, limit }: IdentifierQuestion) {
  const hits: IdentifierHit[] = [];
  for (const some of chunks([...new Set(values.map(plainColumn))])) {
    const left = limit - hits.length;
    if (left > 0)
      hits.push(...(await hitsOf(db, kinds, (value) => sql`${value} in (${sql.join(some)})`, left)));
  }
  return hits;
}

/** Every identifier of these kinds that begins with `prefix`, in alphabetical order. */
export function findIdentifiersByPrefix(db: Db, kinds: IdentifierKind[], prefix: string, limit: number) {
  const from = plainColumn(prefix);
  return hitsOf(db, kinds, (value) => sql`(${value} >= ${from} and ${value} < ${from + LAST})`, limit);
}

/** Identifiers of these kinds that other devices than this one bear too, each with one of them. */
export async function findShared(
  db: Db,
  deviceKey: string,
  kinds: IdentifierKind[],
  limit: number,
): Promise<SharedIdentifier[]> {
  const rows = await db
    .selectFrom('identifiers as own')
    .innerJoin('identifiers as same', (join) =>
      join.onRef('same.kind', '=', 'own.kind').onRef('same.value', '=', 'own.value'),
    )
    .innerJoin('devices', 'devices.key', 'same.device_key')
    .select(['own.kind', 'own.value', 'same.device_key'])
    .where('own.device_key', '=', deviceKey)
    .where('own.position', '=', OWN)
    .where('own.kind', 'in', kinds)
    .where('same.position', '=', OWN)
    .where('same.device_key', '!=', deviceKey)
    .where('devices.gone_at', 'is', null)
    .orderBy('own.kind')
    .orderBy('own.value')
    .orderBy('same.device_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    kind: row.kind as IdentifierKind,
    value: row.value,
    deviceKey: row.device_key,
  }));
}

/** Each kind by itself, because an index has one kind's values side by side: whatever is found, few rows are read. */
async function hitsOf(
  db: Db,
  kinds: IdentifierKind[],
  where: Where,
  limit: number,
): Promise<IdentifierHit[]> {
  const hits: IdentifierHit[] = [];
  for (const kind of new Set(kinds)) {
    const rows = await db
      .selectFrom('identifiers')
      .leftJoin('controllers', (join) =>
        join
          .onRef('controllers.device_key', '=', 'identifiers.device_key')
          .onRef('controllers.position', '=', 'identifiers.position'),
      )
      .select(['identifiers.device_key', 'identifiers.position', 'identifiers.value'])
      .select(['controllers.device_id', 'controllers.name', 'controllers.model'])
      .select(['controllers.state', 'controllers.raw_status'])
      .where('identifiers.kind', '=', kind)
      .where((each) => where(each.ref('identifiers.value')))
      .orderBy('identifiers.value')
      .orderBy('identifiers.device_key')
      .orderBy('identifiers.position')
      .limit(limit)
      .execute();
    hits.push(...rows.map((row) => toHit(kind, row)));
  }
  return hits.sort((left, right) => inOrder(left.value, right.value)).slice(0, limit);
}

// By code points, as the databases have it; the built-in order is by UTF-16 and differs beyond the first plane.
const inOrder = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));

type HitRow = {
  device_key: string;
  value: string;
  state: string | null;
  device_id: string | null;
  name: string | null;
  model: string | null;
  raw_status: string | null;
};

function toHit(kind: IdentifierKind, row: HitRow): IdentifierHit {
  const { state, device_id: deviceId, name, model, raw_status: raw } = row;
  return {
    kind,
    value: row.value,
    deviceKey: row.device_key,
    controller:
      state === null ? null : { deviceId, name, model, status: { state: state as StatusState, raw } },
  };
}
