import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { type Check, type CheckAnswer, type CheckStep, isCheckStep } from '#lib/domain/notes/check.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { storable } from '#lib/store/engine/storable.ts';
import type { InventoryStore } from '#lib/store/inventory/inventory.ts';
import { write } from '#lib/store/write.ts';

/** What people in the room said of a device. Who tells of a device that nobody knows is not heard. */
export type CheckStore = {
  /** The newest answer to each question, the newest first. Nobody may change the answer. */
  checksOf(ref: DeviceRef): Promise<Check[]>;
  /**
   * A newer answer to the same question hides other people's and replaces the person's own. Answers whether the device is
   * known.
   */
  keepCheck(ref: DeviceRef, check: Check): Promise<boolean>;
  /** Takes the newest answer to a question back where it is the person's own, so that somebody else's before it shows again. */
  takeBackCheck(ref: DeviceRef, own: { step: CheckStep; subject: string; at: number }): Promise<void>;
};

type Db = Engine['db'];

/** Of each question the last words of so many people are kept, for when the newest is taken back. */
const KEPT_PEOPLE = 20;

/** See `CheckStore`. Pages show them, so open ones are told by the feed. */
export function checkStore(engine: Engine, { keyOf }: Pick<InventoryStore, 'keyOf'>): CheckStore {
  const { db, memory } = engine;
  return {
    checksOf: (ref) =>
      memory.recall(`checks ${ref.by} ${ref.id}`, async () => {
        const key = await keyOf(ref);
        return key === null ? [] : newestOf(db, key);
      }),
    async keepCheck(ref, { step, answer, at, subject, name }) {
      const key = await keyOf(ref);
      if (key === null) return false;
      await write(engine, async ({ trx, announce }) => {
        const row = { answer, subject: storable(subject), name: storable(name) };
        await trx
          .insertInto('checklist_answers')
          .values({ device_key: key, step, at, ...row })
          // Two people within one millisecond: the later word stands.
          .onConflict((conflict) => conflict.columns(['device_key', 'step', 'at']).doUpdateSet(row))
          .execute();
        await keepFew(trx, { key, step, at, subject: row.subject });
        announce({ at, kind: 'device', key });
      });
      return true;
    },
    async takeBackCheck(ref, { step, subject, at }) {
      const key = await keyOf(ref);
      if (key === null) return;
      await write(engine, async ({ trx, announce }) => {
        const newest = await trx
          .selectFrom('checklist_answers')
          .select(['at', 'subject'])
          .where((each) => each.and({ device_key: key, step }))
          .orderBy('at', 'desc')
          .limit(1)
          .executeTakeFirst();
        if (newest?.subject !== storable(subject)) return;
        await trx
          .deleteFrom('checklist_answers')
          .where((each) => each.and({ device_key: key, step, at: newest.at }))
          .execute();
        announce({ at, kind: 'device', key });
      });
    },
  };
}

async function newestOf(db: Db, key: string): Promise<Check[]> {
  const rows = await db
    .selectFrom('checklist_answers')
    .selectAll()
    .where('device_key', '=', key)
    .orderBy('at', 'desc')
    .orderBy('step')
    .execute();
  const newest = new Map<string, Check>();
  for (const { step, answer, at, subject, name } of rows) {
    // A step that a later version knew is kept and not shown.
    if (newest.has(step) || !isCheckStep(step)) continue;
    newest.set(step, { step, answer: answer as CheckAnswer, at, subject, name });
  }
  return [...newest.values()];
}

/** One's last word replaces one's earlier ones and nobody else's. */
async function keepFew(
  db: Db,
  { key, step, at, subject }: { key: string; step: string; at: number; subject: string },
): Promise<void> {
  await db
    .deleteFrom('checklist_answers')
    .where((each) => each.and({ device_key: key, step, subject }))
    .where('at', '<>', at)
    .execute();
  const kept = await db
    .selectFrom('checklist_answers')
    .select('at')
    .where((each) => each.and({ device_key: key, step }))
    .orderBy('at', 'desc')
    .limit(KEPT_PEOPLE)
    .execute();
  const oldest = kept.at(-1)?.at;
  if (oldest === undefined || kept.length < KEPT_PEOPLE) return;
  await db
    .deleteFrom('checklist_answers')
    .where((each) => each.and({ device_key: key, step }))
    .where('at', '<', oldest)
    .execute();
}
