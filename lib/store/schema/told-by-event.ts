import type { Kysely } from 'kysely';
import type { Tables } from '#lib/store/schema.ts';

/**
 * What each event told, beside the event: `told` has only the newest of a field, and a page of the past asks for what
 * was the newest then. What events before this migration told and a later one replaced is not known any more.
 */
export const toldByEventMigration = {
  async up(db: Kysely<Tables>) {
    await db.schema.alterTable('events').addColumn('told', 'text').execute();
    const rows = await db.selectFrom('told').selectAll().orderBy('event_id').orderBy('field').execute();
    for (const [eventId, told] of Map.groupBy(rows, (row) => row.event_id)) {
      const at = told[0]?.at;
      const fields = told.map(({ field, value }) => ({ field, value: JSON.parse(value) as unknown }));
      await db
        .updateTable('events')
        .set({ told: JSON.stringify({ at, fields }) })
        .where('event_id', '=', eventId)
        .execute();
    }
  },
};
