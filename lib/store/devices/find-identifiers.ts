import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import type { StatusState } from '#lib/domain/devices/device-status.ts';
import type { FleetController } from '#lib/domain/inventory/fleet.ts';
import { type IdentifierKind, isSecretKind } from '#lib/domain/search/identifier-kind.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Tables } from '#lib/store/schema.ts';
import type { Vault } from '#lib/store/sealing/vault.ts';
import { OWN } from './identifier-rows.ts';

/** Where an identifier was found. `controller` is set when one of the device's panels bears it. */
export type IdentifierHit = {
  kind: IdentifierKind;
  value: string;
  deviceKey: string;
  controller: FleetController | null;
};

/** An identifier that two devices bear themselves, and the key of the other one. `value` is null for a secret. */
export type SharedIdentifier = { kind: IdentifierKind; value: string | null; deviceKey: string };

/** What is asked for in identifiers; `values` are in their normal spelling. */
export type IdentifierQuestion = { kinds: IdentifierKind[]; values: string[]; limit: number };

/** No text that begins with a prefix comes after the prefix and this, the last of all characters. */
const LAST = '\u{10ffff}';

type Db = Kysely<Tables>;
type Where = (value: Expression<string>) => Expression<SqlBool>;

/** Devices and panels that bear one of these values exactly. */
export async function findIdentifiers(
  { db, vault }: Pick<Engine, 'db' | 'vault'>,
  { kinds, values, limit }: IdentifierQuestion,
) {
  const wanted = [...new Set(values.map(plainColumn))];
  const secret = kinds.filter(isSecretKind);
  // Each secret kind has hashes of its own; all others stand in the column as they are.
  const asked = [
    {
      of: kinds.filter((kind) => !isSecretKind(kind)),
      forms: new Map(wanted.map((value) => [value, value])),
    },
    ...secret.map((kind) => ({ of: [kind], forms: formsOf(vault, kind, wanted) })),
  ];
  const hits: IdentifierHit[] = [];
  for (const { of, forms } of asked) {
    for (const some of of.length === 0 ? [] : chunks([...forms.keys()])) {
      const left = limit - hits.length;
      if (left <= 0) return hits;
      const found = await hitsOf(db, of, (value) => sql`${value} in (${sql.join(some)})`, left);
      hits.push(...found.map((hit) => ({ ...hit, value: forms.get(hit.value) ?? hit.value })));
    }
  }
  return hits;
}

/** Each text under which one of the values may be kept, with the value. */
const formsOf = (vault: Vault, kind: IdentifierKind, values: string[]) =>
  new Map(
    values.flatMap((value) => vault.identifierForms(kind, value).map((form) => [form, value] as const)),
  );

/** Every identifier of these kinds that begins with `prefix`, in alphabetical order; secrets are found whole only. */
export function findIdentifiersByPrefix(db: Db, kinds: IdentifierKind[], prefix: string, limit: number) {
  const from = plainColumn(prefix);
  const open = kinds.filter((kind) => !isSecretKind(kind));
  return hitsOf(db, open, (value) => sql`(${value} >= ${from} and ${value} < ${from + LAST})`, limit);
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
    .where('devices.removed_at', 'is', null)
    .orderBy('own.kind')
    .orderBy('own.value')
    .orderBy('same.device_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    kind: row.kind as IdentifierKind,
    value: isSecretKind(row.kind as IdentifierKind) ? null : row.value,
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
