import {
  type Delivery,
  type DeliveryState,
  type Notification,
  partsOfName,
} from '#lib/domain/alerts/alert.ts';
import { isDeliveryFault } from '#lib/domain/alerts/delivery-fault.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { storable } from '#lib/store/engine/storable.ts';
import { countPush } from '#lib/store/events/record-event.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';
import type { AlertStore } from './alert-store.ts';

type Deliveries = Pick<
  AlertStore,
  | 'addDelivery'
  | 'deliveryById'
  | 'waitingDeliveries'
  | 'deliveriesOf'
  | 'notification'
  | 'noteDeliveries'
  | 'gatherDigest'
  | 'lastAttempt'
  | 'lastSentAt'
  | 'deliveries'
>;

/** What is to be sent, and what became of it. */
export function deliveryStore(engine: Engine): Deliveries {
  const { db } = engine;
  const all = () => db.selectFrom('deliveries').selectAll();
  return {
    addDelivery: (delivery, robotMessageAt) =>
      write(engine, async ({ trx }) => {
        await trx.insertInto('deliveries').values(toRow(delivery)).execute();
        if (robotMessageAt !== null) await countPush(trx, 'robot', robotMessageAt);
      }),
    async deliveryById(id) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      return row ? toDelivery(row) : null;
    },
    async waitingDeliveries(ofEach) {
      const waiting = () => all().where('state', '=', 'waiting');
      const channels = await db
        .selectFrom('deliveries')
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
    async notification(name) {
      const { incidentId, kind } = partsOfName(name);
      const rows = await all().where('incident_id', '=', incidentId).orderBy('id').execute();
      return (
        rows.map((row) => toDelivery(row).notification).find((notification) => notification.kind === kind) ??
        null
      );
    },
    noteDeliveries: (news, robotMessageAt) =>
      write(engine, async ({ trx }) => {
        for (const [id, { state, attempts, nextAt, lastAt, answer, fault }] of news) {
          const said = answer === null ? null : storable(answer);
          await trx
            .updateTable('deliveries')
            .set({ state, attempts, next_at: nextAt, last_at: lastAt, answer: said, failure: fault })
            .where('id', '=', id)
            .execute();
        }
        if (robotMessageAt !== null) await countPush(trx, 'robot', robotMessageAt);
      }),
    ...attemptStore(engine),
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

function attemptStore(engine: Engine): Pick<AlertStore, 'gatherDigest' | 'lastAttempt' | 'lastSentAt'> {
  const attempted = (channelId: string) =>
    engine.db
      .selectFrom('deliveries')
      .where('channel_id', '=', channelId)
      .where('last_at', 'is not', null)
      .orderBy('last_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1);
  return {
    gatherDigest: (ids, digest) =>
      write(engine, async ({ trx }) => {
        for (const some of chunks([...ids])) {
          await trx.updateTable('deliveries').set({ digest }).where('id', 'in', some).execute();
        }
      }),
    async lastAttempt(channelId) {
      const row = await attempted(channelId).selectAll().executeTakeFirst();
      return row ? toDelivery(row) : null;
    },
    async lastSentAt(channelId) {
      const row = await attempted(channelId).select('last_at').where('state', '=', 'sent').executeTakeFirst();
      return row?.last_at ?? null;
    },
  };
}

/** A delivery as its table has it. */
export function toRow(delivery: Delivery): Tables['deliveries'] {
  const {
    id,
    channelId,
    channel,
    notification,
    state,
    attempts,
    createdAt,
    nextAt,
    lastAt,
    answer,
    ...rest
  } = delivery;
  return {
    id,
    channel_id: channelId,
    channel: storable(channel),
    incident_id: notification.incidentId,
    notification: storable(JSON.stringify(notification)),
    state,
    attempts,
    created_at: createdAt,
    next_at: nextAt,
    last_at: lastAt,
    answer: answer === null ? null : storable(answer),
    failure: rest.fault,
    digest: rest.digest,
  };
}

const toDelivery = (row: Tables['deliveries']): Delivery => ({
  id: row.id,
  channelId: row.channel_id,
  channel: row.channel,
  notification: JSON.parse(row.notification) as Notification,
  state: row.state as DeliveryState,
  attempts: row.attempts,
  createdAt: row.created_at,
  nextAt: row.next_at,
  lastAt: row.last_at,
  answer: row.answer,
  fault: row.failure !== null && isDeliveryFault(row.failure) ? row.failure : null,
  digest: row.digest,
});
