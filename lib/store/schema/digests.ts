import type { Kysely } from 'kysely';
import { bytewiseText } from '#lib/store/column-types.ts';

/**
 * `fault` is why the newest attempt failed, `digest` the message in which several notifications went out together. The
 * index finds the newest attempt of a channel.
 */
export const digestMigration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('attention_deliveries').addColumn('fault', 'text').execute();
    await db.schema.alterTable('attention_deliveries').addColumn('digest', bytewiseText(db)).execute();
    await db.schema
      .createIndex('attention_deliveries_by_attempt')
      .on('attention_deliveries')
      .columns(['channel_id', 'last_at'])
      .execute();
  },
};
