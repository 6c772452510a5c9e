import type { AlertRule, Channel, Delivery, Silence } from '#lib/domain/alerts/alert.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { storable } from '#lib/store/engine/storable.ts';
import { write } from '#lib/store/write.ts';
import { toRow } from './deliveries.ts';

/** Rows as their owner writes them, by key; null takes one away. */
export type RowChanges = ReadonlyMap<string, string | null>;

/** What was decided, to be kept whole or not at all. */
export type AlertDecision = {
  alerts: RowChanges;
  incidents: RowChanges;
  deliveries: readonly Delivery[];
};

/** How far the rules have come. What a row holds is its owner's own. */
export type SavedAlerts = { version: number; alerts: Map<string, string>; incidents: Map<string, string> };

/** Who is told of what, and what became of it. Times are milliseconds since the epoch; promises settle when durable. */
export type AlertStore = {
  /** In the order in which they were made. */
  alertRules(): Promise<AlertRule[]>;
  /** Makes one, or puts it in the place of the one with its id. */
  putAlertRule(rule: AlertRule): Promise<void>;
  /** Whether there was one. */
  deleteAlertRule(id: string): Promise<boolean>;
  channels(): Promise<Channel[]>;
  /** A channel with what it takes to send there, as it was sealed. */
  channelById(id: string): Promise<{ channel: Channel; sealed: string } | null>;
  putChannel(channel: Channel, sealed: string): Promise<void>;
  /** Puts another seal of the same target in the place of `before`; false when it was edited since. */
  resealChannel(id: string, before: string, sealed: string): Promise<boolean>;
  dropChannel(id: string): Promise<boolean>;
  /** Those that are not over at `now`. */
  silences(now: number): Promise<Silence[]>;
  putSilence(silence: Silence): Promise<void>;
  deleteSilence(id: string): Promise<boolean>;
  savedAlerts(): Promise<SavedAlerts>;
  /** Keeps what was decided from `version`; false, and nothing is kept, when somebody else has decided since. */
  saveAlerts(version: number, decided: AlertDecision): Promise<boolean>;
};

/** Who is told of what, in SQL. No page but its own shows it, so the feed is left alone. */
export function alertStore(engine: Engine): AlertStore {
  const { db } = engine;
  return {
    async alertRules() {
      const rows = db.selectFrom('alert_rules').select('body').orderBy('created_at').orderBy('id');
      return (await rows.execute()).map(({ body }) => JSON.parse(body) as AlertRule);
    },
    async putAlertRule(rule) {
      const body = storable(JSON.stringify(rule));
      await db
        .insertInto('alert_rules')
        .values({ id: rule.id, body, created_at: rule.createdAt })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ body }))
        .execute();
    },
    async deleteAlertRule(id) {
      const removed = await db.deleteFrom('alert_rules').where('id', '=', id).executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },
    async channels() {
      const rows = db.selectFrom('notification_channels').select('body').orderBy('created_at').orderBy('id');
      return (await rows.execute()).map(({ body }) => JSON.parse(body) as Channel);
    },
    async channelById(id) {
      const row = await db
        .selectFrom('notification_channels')
        .select(['body', 'sealed'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? { channel: JSON.parse(row.body) as Channel, sealed: row.sealed } : null;
    },
    async putChannel(channel, sealed) {
      const body = storable(JSON.stringify(channel));
      await db
        .insertInto('notification_channels')
        .values({ id: channel.id, body, sealed, created_at: channel.createdAt })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ body, sealed }))
        .execute();
    },
    async resealChannel(id, before, sealed) {
      const kept = db.updateTable('notification_channels').set({ sealed }).where('id', '=', id);
      return (await kept.where('sealed', '=', before).executeTakeFirst()).numUpdatedRows > 0n;
    },
    async dropChannel(id) {
      const removed = await db.deleteFrom('notification_channels').where('id', '=', id).executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },
    ...silenceStore(engine),
    ...decidedStore(engine),
  };
}

function silenceStore({ db }: Engine): Pick<AlertStore, 'silences' | 'putSilence' | 'deleteSilence'> {
  return {
    async silences(now) {
      const rows = await db
        .selectFrom('silences')
        .select('body')
        .where((each) => each.or([each('ends_at', 'is', null), each('ends_at', '>', now)]))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(({ body }) => JSON.parse(body) as Silence);
    },
    async putSilence(silence) {
      const ends_at = silence.when.kind === 'once' ? silence.when.until : null;
      const body = storable(JSON.stringify(silence));
      await db
        .insertInto('silences')
        .values({ id: silence.id, body, created_at: silence.createdAt, ends_at })
        .execute();
    },
    async deleteSilence(id) {
      const removed = await db.deleteFrom('silences').where('id', '=', id).executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },
  };
}

function decidedStore(engine: Engine): Pick<AlertStore, 'savedAlerts' | 'saveAlerts'> {
  const { db } = engine;
  return {
    async savedAlerts() {
      // The version first: what is read after it may be newer, and then is not written over.
      const { version } = await db.selectFrom('alert_evaluation').select('version').executeTakeFirstOrThrow();
      const alerts = await db.selectFrom('alerts').selectAll().execute();
      const incidents = await db.selectFrom('incidents').selectAll().orderBy('id').execute();
      return {
        version,
        alerts: new Map(alerts.map(({ key, body }) => [key, body])),
        incidents: new Map(incidents.map(({ id, body }) => [id, body])),
      };
    },
    saveAlerts: (version, { alerts, incidents, deliveries }) =>
      write(engine, async ({ trx }) => {
        const taken = await trx
          .updateTable('alert_evaluation')
          .set({ version: version + 1 })
          .where('version', '=', version)
          .executeTakeFirst();
        if (taken.numUpdatedRows === 0n) return false;
        const [keys, ids] = [puts(alerts), puts(incidents)];
        for (const some of chunks([...alerts.keys()])) {
          await trx.deleteFrom('alerts').where('key', 'in', some).execute();
        }
        for (const some of chunks([...incidents.keys()])) {
          await trx.deleteFrom('incidents').where('id', 'in', some).execute();
        }
        for (const some of chunks(keys)) {
          const rows = some.map(([key, body]) => ({ key, body }));
          await trx.insertInto('alerts').values(rows).execute();
        }
        for (const some of chunks(ids)) {
          const rows = some.map(([id, body]) => ({ id, body }));
          await trx.insertInto('incidents').values(rows).execute();
        }
        for (const delivery of deliveries) {
          await trx.insertInto('deliveries').values(toRow(delivery)).execute();
        }
        return true;
      }),
  };
}

const puts = (changes: RowChanges): [string, string][] =>
  [...changes].flatMap(([key, body]) => (body === null ? [] : [[key, storable(body)]]));
