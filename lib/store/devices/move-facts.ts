import { sql, type Transaction } from 'kysely';
import type { Tables } from '#lib/store/schema.ts';

/** What is kept of a device beside its row, by the columns that tell one fact from another. */
const FACTS = {
  status_marks: 'at, state, source',
  device_alarms: 'at, rule, status, level, description, event_id',
  event_overrides: 'field, at, value, event_id',
} satisfies Partial<Record<keyof Tables, string>>;

/** Gives what events told and people kept of a device under one name to the name that it turned out to have. */
export async function moveFacts(trx: Transaction<Tables>, from: string, to: string): Promise<void> {
  for (const [table, columns] of Object.entries(FACTS)) {
    await sql`insert into ${sql.table(table)} (device_key, ${sql.raw(columns)})
      select ${to}, ${sql.raw(columns)} from ${sql.table(table)} where device_key = ${from}
      on conflict do nothing`.execute(trx);
    await sql`delete from ${sql.table(table)} where device_key = ${from}`.execute(trx);
  }
  // What people keep of it goes along.
  await trx
    .updateTable('notes')
    .set({ key: to })
    .where((each) => each.and({ kind: 'device', key: from }))
    .execute();
  await sql`insert into pins (subject, kind, key, at)
    select subject, kind, ${to}, at from pins where kind = 'device' and key = ${from}
    on conflict do nothing`.execute(trx);
  await trx
    .deleteFrom('pins')
    .where((each) => each.and({ kind: 'device', key: from }))
    .execute();
  // What is wrong is looked for anew under the name that it has.
  await trx.deleteFrom('issues').where('device_key', '=', from).execute();
  await trx.updateTable('events').set({ device_key: to }).where('device_key', '=', from).execute();
  await trx.updateTable('changes').set({ device_key: to }).where('device_key', '=', from).execute();
}
