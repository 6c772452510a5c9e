import type { Kysely, Selectable } from 'kysely';
import type { Change } from '#lib/domain/history/change.ts';
import type { MarkSource, StatusMark } from '#lib/domain/history/status-mark.ts';
import { CHANGES } from '#lib/store/devices/device-rows.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import type { Tables } from '#lib/store/schema.ts';
import type { Vault } from '#lib/store/sealing/vault.ts';

type Db = Kysely<Tables>;
type Opening = Pick<Engine, 'db' | 'vault'>;

/** Marks within a window, in order, and the last moment before it. */
export async function statusMarks(db: Db, key: string, from: number, to: number): Promise<StatusMark[]> {
  const marks = db.selectFrom('status_marks').select(['at', 'state', 'source']).where('device_key', '=', key);
  const last = await marks.where('at', '<', from).orderBy('at', 'desc').limit(1).executeTakeFirst();
  const rows = await marks
    .where('at', '>=', last?.at ?? from)
    .where('at', '<=', to)
    .orderBy('at')
    .orderBy('source')
    .orderBy('state')
    .execute();
  return rows as StatusMark[];
}

/** Changes within a window, newest first. */
export async function changesBetween(
  { db, vault }: Opening,
  key: string,
  from: number,
  to: number,
  limit: number,
) {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('device_key', '=', key)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .orderBy('at', 'desc')
    .orderBy('field')
    .limit(limit)
    .execute();
  return rows.map((row) => toChange(vault, row));
}

/** So many of the newest changes of a device are looked through for those of one sort. */
const LOOKED_THROUGH = 1_000;

/** The newest changes of a device's own state, or of anything but states, newest first. */
export async function newestChanges(
  { db, vault }: Opening,
  key: string,
  sort: 'facts' | 'states',
  limit: number,
): Promise<Change[]> {
  const newest = db
    .selectFrom('changes')
    .selectAll()
    .where('device_key', '=', key)
    .orderBy('at', 'desc')
    .limit(LOOKED_THROUGH)
    .as('newest');
  const meant = db.selectFrom(newest).selectAll();
  const rows = await (sort === 'states'
    ? meant.where('field', '=', 'status.state')
    : meant.where('field', 'not like', 'status.%').where('field', 'not like', 'controllers.%.status.%')
  )
    .orderBy('at', 'desc')
    .orderBy('field')
    .limit(limit)
    .execute();
  return rows.map((row) => toChange(vault, row));
}

/** A row of `changes` as the domain knows it. */
function toChange(vault: Vault, row: Selectable<Tables['changes']>): Change {
  return {
    deviceKey: row.device_key,
    at: row.at,
    notBefore: row.not_before,
    field: row.field,
    from: vault.value(row.from_value, CHANGES, row.field),
    to: vault.value(row.to_value, CHANGES, row.field),
    source: row.source as MarkSource,
  };
}
