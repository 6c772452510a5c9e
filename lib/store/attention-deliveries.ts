import type { Delivery, DeliveryState, Notice } from '#lib/domain/attention.ts';
import type { AttentionStore } from './attention-store.ts';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';
import { storable } from './storable.ts';

type Deliveries = Pick<
  AttentionStore,
  'addDelivery' | 'deliveryById' | 'waitingDeliveries' | 'deliveriesOf' | 'noteDelivery' | 'deliveries'
>;

/** What is to be sent, and what became of it. */
export function deliveryStore({ db }: Engine): Deliveries {
  const all = () => db.selectFrom('attention_deliveries').selectAll();
  return {
    async addDelivery(delivery) {
      await db.insertInto('attention_deliveries').values(toRow(delivery)).execute();
    },
    async deliveryById(id) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      return row ? toDelivery(row) : null;
    },
    async waitingDeliveries(ofEach) {
      const waiting = () => all().where('state', '=', 'waiting');
      const channels = await db
        .selectFrom('attention_deliveries')
        .select('channel_id')
        .where('state', '=', 'waiting')
        .distinct()
        .orderBy('channel_id')
        .execute();
      const found: Delivery[] = [];
      for (const { channel_id } of channels) {
        const rows = waiting().where('channel_id', '=', channel_id).orderBy('created_at').orderBy('id');
        found.push(...(await rows.limit(ofEach).execute()).map(toDelivery));
      }
      return found;
    },
    async deliveriesOf(incidentId, channelId) {
      const rows = all().where('incident_id', '=', incidentId).where('channel_id', '=', channelId);
      return (await rows.orderBy('created_at').orderBy('id').execute()).map(toDelivery);
    },
    async noteDelivery(id, { state, attempts, nextAt, lastAt, answer }) {
      const said = answer === null ? null : storable(answer);
      await db
        .updateTable('attention_deliveries')
        .set({ state, attempts, next_at: nextAt, last_at: lastAt, answer: said })
        .where('id', '=', id)
        .execute();
    },
    async deliveries(before, limit) {
      let rows = all().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
      if (before) {
        const { at, id } = before;
        rows = rows.where((each) =>
          each.or([
            each('created_at', '<', at),
            each.and([each('created_at', '=', at), each('id', '<', id)]),
          ]),
        );
      }
      return (await rows.execute()).map(toDelivery);
    },
  };
}

/** A delivery as its table has it. */
export function toRow(delivery: Delivery): Tables['attention_deliveries'] {
  const { id, channelId, channel, notice, state, attempts, createdAt, nextAt, lastAt, answer } = delivery;
  return {
    ...{ id, channel_id: channelId, channel: storable(channel), incident_id: notice.incidentId },
    ...{ notice: storable(JSON.stringify(notice)), state, attempts, created_at: createdAt },
    ...{ next_at: nextAt, last_at: lastAt, answer: answer === null ? null : storable(answer) },
  };
}

const toDelivery = (row: Tables['attention_deliveries']): Delivery => ({
  ...{ id: row.id, channelId: row.channel_id, channel: row.channel },
  notice: JSON.parse(row.notice) as Notice,
  ...{ state: row.state as DeliveryState, attempts: row.attempts, createdAt: row.created_at },
  ...{ nextAt: row.next_at, lastAt: row.last_at, answer: row.answer },
});
