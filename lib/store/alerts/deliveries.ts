import {
  type Delivery,
  type DeliveryState,
  type DeliveryUpdate,
  type Notification,
  type NotificationName,
  partsOfName,
} from '#lib/domain/alerts/alert.ts';
import { isDeliveryFault } from '#lib/domain/alerts/delivery-fault.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { storable } from '#lib/store/engine/storable.ts';
import { countPush } from '#lib/store/events/record-event.ts';
import type { Tables } from '#lib/store/schema.ts';
import { write } from '#lib/store/write.ts';

/** A place in the log of deliveries. */
export type DeliveryPlace = { at: number; id: string };

/** Notifications to send, and their outcome. Times are milliseconds since the epoch; promises settle when durable. */
export type DeliveryStore = {
  /** `robotMessageAt` counts a message of a group robot against that month, see `noteDeliveries`. */
  addDelivery(delivery: Delivery, robotMessageAt: number | null): Promise<void>;
  deliveryById(id: string): Promise<Delivery | null>;
  /** Those that are still to be sent, the oldest first; of each channel so many, so that none stands before another. */
  waitingDeliveries(ofEach: number): Promise<Delivery[]>;
  /** All of an incident to one channel, the oldest first. */
  deliveriesOf(incidentId: string, channelId: string): Promise<Delivery[]>;
  /** One notification, whichever channel it went to; null when it is not kept any more. */
  notification(name: NotificationName): Promise<Notification | null>;
  /**
   * Records what became of deliveries, by id, all or none. With `robotMessageAt`, milliseconds since the epoch, one message
   * of a group robot is counted in the same transaction against the pushes of that month.
   */
  noteDeliveries(news: ReadonlyMap<string, DeliveryUpdate>, robotMessageAt: number | null): Promise<void>;
  /** Puts deliveries together into one message, whose id is sent with every attempt. */
  gatherDigest(ids: readonly string[], digest: string): Promise<void>;
  /** The delivery to a channel that was attempted last; null when nothing was. */
  lastAttempt(channelId: string): Promise<Delivery | null>;
  /** When a channel last accepted a message, milliseconds since the epoch. */
  lastSentAt(channelId: string): Promise<number | null>;
  /** Newest first, those before a place. */
  deliveries(before: DeliveryPlace | null, limit: number): Promise<Delivery[]>;
};

export function deliveryStore(engine: Engine): DeliveryStore {
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

function attemptStore(engine: Engine): Pick<DeliveryStore, 'gatherDigest' | 'lastAttempt' | 'lastSentAt'> {
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
