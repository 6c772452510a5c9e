import { sql, type Transaction } from 'kysely';
import { type IdentifierKind, isSecretKind } from '#lib/domain/search/identifier-kind.ts';
import { CHANGES, idInKey, replaceIdentifiers } from '#lib/store/devices/device-rows.ts';
import { identifierRows } from '#lib/store/devices/identifier-rows.ts';
import { placeOfReading, previousDevice } from '#lib/store/devices/observe.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { overridesOf, placeOfEvent, withOverridesSince } from '#lib/store/events/event-overrides.ts';
import type { Tables } from '#lib/store/schema.ts';
import { type SealState, UNREADABLE, type Vault } from './vault.ts';

/** Tables with texts that are sealed, in the order in which they are gone through. */
export const SEALED_PARTS = ['readings', 'event_overrides', 'events', 'changes', 'identifiers'] as const;

/** Where going through them has come to: a table, and the last key of it that was looked at. */
export type SealedPlace = { part: (typeof SEALED_PARTS)[number]; after: string };

/** What one step found: rows not sealed with the current key, rows that no known key opens; `next` is null at the end. */
export type SealedStep = { due: number; foreign: number; next: SealedPlace | null };

export type SealingStore = {
  /**
   * Seals what is not yet sealed with the current AUTH_SECRET, in one short step from `place`, from the beginning without
   * one: a transaction of a few hundred rows. What is sealed is passed over, so that it may be broken off at any time.
   */
  sealStored(place: SealedPlace | null): Promise<SealedStep>;
  /** As sealStored, but only looks. */
  findUnsealed(place: SealedPlace | null): Promise<SealedStep>;
};

/** Rows that are looked at in one step: a few milliseconds, in which SQLite keeps this process to itself. */
const MOST_ROWS = 100;
/** Devices whose changes are looked at in one step. */
const MOST_DEVICES = 20;

type Db = Pick<Transaction<Tables>, 'selectFrom'>;
/** Rows to be sealed after a key, those that cannot be, and the last key that was looked at; null at the end. */
type Due<Row> = { due: Row[]; foreign: number; last: string | null };
type Part<Row> = {
  find(db: Db, vault: Vault, after: string): Promise<Due<Row>>;
  seal(trx: Transaction<Tables>, vault: Vault, row: Row): Promise<void>;
};

/** See `SealingStore`. */
export function sealingStore(engine: Engine): SealingStore {
  const step = async (place: SealedPlace | null, how: 'check' | 'seal'): Promise<SealedStep> => {
    const { part, after } = place ?? { part: SEALED_PARTS[0], after: '' };
    const { last, ...found } = await STEPS[part](engine, after, how);
    if (found.due > 0) engine.memory.forget();
    const following = SEALED_PARTS[SEALED_PARTS.indexOf(part) + 1];
    const next = last === null ? following && { part: following, after: '' } : { part, after: last };
    return { ...found, next: next ?? null };
  };
  return { sealStored: (place) => step(place, 'seal'), findUnsealed: (place) => step(place, 'check') };
}

type Stepped = Omit<SealedStep, 'next'> & { last: string | null };

/** Nothing is written, and nobody waits, where nothing is due. */
const stepOf =
  <Row>({ find, seal }: Part<Row>) =>
  async ({ db, vault }: Engine, after: string, how: 'check' | 'seal'): Promise<Stepped> => {
    const { due, foreign, last } = await find(db, vault, after);
    if (how === 'seal' && due.length > 0) {
      await db.transaction().execute(async (trx) => {
        for (const row of due) await seal(trx, vault, row);
      });
    }
    return { due: due.length, foreign, last };
  };

const READINGS: Part<Pick<Tables['readings'], 'id' | 'device' | 'raw'>> = {
  async find(db, { stateOf }, after) {
    const rows = await db
      .selectFrom('readings')
      .select(['id', 'device', 'raw'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(MOST_ROWS)
      .execute();
    return sorted(rows, MOST_ROWS, 'id', ({ device, raw }) => [stateOf.json(device), stateOf.whole(raw)]);
  },
  async seal(trx, vault, { id, device, raw }) {
    const place = placeOfReading(id);
    await trx
      .updateTable('readings')
      .set({
        device: vault.json(vault.value(device, place), place),
        raw: vault.whole(vault.opened(raw, place) ?? '', place),
      })
      .where('id', '=', id)
      .execute();
  },
};

const TOLD: Part<Pick<Tables['event_overrides'], 'device_key' | 'field' | 'event_id' | 'value'>> = {
  async find(db, { stateOf }, after) {
    const rows = await db
      .selectFrom('event_overrides')
      .select(['device_key', 'field', 'event_id', 'value'])
      .where('field', '=', 'castCode')
      .where('device_key', '>', after)
      .orderBy('device_key')
      .limit(MOST_ROWS)
      .execute();
    return sorted(rows, MOST_ROWS, 'device_key', ({ value, field }) => [stateOf.json(value, field)]);
  },
  async seal(trx, vault, { device_key, field, event_id, value }) {
    const place = placeOfEvent(event_id);
    await trx
      .updateTable('event_overrides')
      .set({ value: vault.json(vault.value(value, place, field), place, field) })
      // What another event told meanwhile is sealed already.
      .where((each) => each.and({ device_key, field, event_id, value }))
      .execute();
  },
};

const EVENTS: Part<Pick<Tables['events'], 'event_id' | 'body' | 'overrides'>> = {
  async find(db, { stateOf }, after) {
    const rows = await db
      .selectFrom('events')
      .select(['event_id', 'body', 'overrides'])
      .where('event_id', '>', after)
      .orderBy('event_id')
      .limit(MOST_ROWS)
      .execute();
    return sorted(rows, MOST_ROWS, 'event_id', ({ body, overrides }) => [
      stateOf.whole(body),
      ...(overrides === null ? [] : [stateOf.whole(overrides)]),
    ]);
  },
  async seal(trx, vault, { event_id, body, overrides }) {
    const place = placeOfEvent(event_id);
    const again = (text: string) => vault.whole(vault.opened(text, place) ?? '', place);
    await trx
      .updateTable('events')
      .set({ body: again(body), overrides: overrides === null ? null : again(overrides) })
      .where('event_id', '=', event_id)
      .execute();
  },
};

type ChangeRow = Pick<Tables['changes'], 'device_key' | 'at' | 'field' | 'from_value' | 'to_value'>;

const CHANGED: Part<ChangeRow> = {
  async find(db, { stateOf }, after) {
    const keys = await keysAfter(db, 'changes', after);
    if (keys.length === 0) return { due: [], foreign: 0, last: null };
    const rows = await db
      .selectFrom('changes')
      .select(['device_key', 'at', 'field', 'from_value', 'to_value'])
      .where('device_key', 'in', keys)
      // A panel that comes or goes is told whole.
      .where((each) =>
        each.or([each('field', 'in', ['castCode', 'sipAccount']), each('field', 'like', 'controllers.%')]),
      )
      .execute();
    const { due, foreign } = sorted(rows, 0, 'device_key', ({ field, from_value, to_value }) => [
      stateOf.json(from_value, field),
      stateOf.json(to_value, field),
    ]);
    return { due, foreign, last: keys.at(-1) ?? null };
  },
  async seal(trx, vault, { device_key, at, field, from_value, to_value }) {
    const again = (text: string) => vault.json(vault.value(text, CHANGES, field), CHANGES, field);
    await trx
      .updateTable('changes')
      .set({ from_value: again(from_value), to_value: again(to_value) })
      .where((each) => each.and({ device_key, at, field, from_value, to_value }))
      .execute();
  },
};

/** A hash cannot be made anew from itself, so that the identifiers of the device are worked out of what is known of it. */
const IDENTIFIERS: Part<string> = {
  async find(db, { stateOf }, after) {
    const keys = await keysAfter(db, 'identifiers', after);
    if (keys.length === 0) return { due: [], foreign: 0, last: null };
    const rows = await db
      .selectFrom('identifiers')
      .select(['device_key', 'value', 'kind'])
      .where('device_key', 'in', keys)
      .execute();
    const secret = rows.filter(({ kind }) => isSecretKind(kind as IdentifierKind));
    // Also one of an unknown key: where the device itself can be opened, it is found again.
    const due = secret.filter(({ value }) => stateOf.identifier(value) !== 'current');
    return {
      due: [...new Set(due.map(({ device_key }) => device_key))],
      foreign: 0,
      last: keys.at(-1) ?? null,
    };
  },
  async seal(trx, vault, key) {
    const locked = trx
      .updateTable('devices')
      .set((each) => ({ key: each.ref('key') }))
      .where('key', '=', key);
    const row = await locked.returningAll().executeTakeFirst();
    const read = row && (await previousDevice(trx, vault, row.reading_id));
    if (!read || row.observed_at === null) return;
    const device = withOverridesSince(
      key,
      read,
      await overridesOf(trx, vault, [key], UNREADABLE),
      row.observed_at,
    );
    const asked = { deviceId: idInKey(key), unionId: row.asked_union_id };
    await replaceIdentifiers({ trx, vault }, key, identifierRows(device, asked));
  },
};

const STEPS: Record<SealedPlace['part'], ReturnType<typeof stepOf>> = {
  readings: stepOf(READINGS),
  event_overrides: stepOf(TOLD),
  events: stepOf(EVENTS),
  changes: stepOf(CHANGED),
  identifiers: stepOf(IDENTIFIERS),
};

/** Rows by what is to be done with them. */
function sorted<Row extends Record<Key, string>, Key extends string>(
  rows: Row[],
  most: number,
  key: Key,
  statesOf: (row: Row) => SealState[],
): Due<Row> {
  const states = rows.map(statesOf);
  return {
    due: rows.filter((_, at) => !states[at]?.includes('foreign') && states[at]?.includes('due')),
    foreign: states.filter((each) => each.includes('foreign')).length,
    last: rows.length < most ? null : (rows.at(-1)?.[key] ?? null),
  };
}

/** The next devices in a table: one probe of its index each, however many rows a device has. */
async function keysAfter(db: Db, table: 'changes' | 'identifiers', after: string): Promise<string[]> {
  const keys: string[] = [];
  for (let from = after; keys.length < MOST_DEVICES; ) {
    const { key } = await db
      .selectFrom(table)
      .select(sql<string | null>`min(device_key)`.as('key'))
      .where('device_key', '>', from)
      .executeTakeFirstOrThrow();
    if (key === null) break;
    keys.push(key);
    from = key;
  }
  return keys;
}
