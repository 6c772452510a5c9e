import { sql } from 'kysely';
import type { DutyStore } from './duty-store.ts';
import type { Engine } from './engine.ts';

/** Leases in SQL. Nothing here is remembered or shown, so memory is left alone. */
export function dutyStore(engine: Engine): DutyStore {
  const { db, manyInstances } = engine;
  return {
    manyInstances,
    takeLease: (name, holder, ttlMs) => takeLease(engine, name, holder, Math.ceil(ttlMs)),
    async releaseLease(name, holder) {
      await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
    },
    leaseHolder: (name) => leaseHolder(engine, name),
  };
}

async function takeLease({ db, nowMs }: Engine, name: string, holder: string, ttlMs: number) {
  const ttl = sql<number>`cast(${ttlMs} as bigint)`;
  const until = sql<number>`${nowMs} + ${ttl}`;
  // A lease that ends later than any could was taken before the clock was set back.
  const impossible = sql<number>`${nowMs} + 2 * ${ttl}`;
  for (;;) {
    const taken = await db
      .insertInto('leases')
      .values({ name, holder, until_at: until })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, until_at: until })
          .where((each) =>
            each.or([
              each('leases.holder', '=', holder),
              each('leases.until_at', '<=', nowMs),
              each('leases.until_at', '>', impossible),
            ]),
          ),
      )
      .returning('holder')
      .executeTakeFirst();
    if (taken) return { held: true, holder };
    const current = await db
      .selectFrom('leases')
      .select('holder')
      .where('name', '=', name)
      .executeTakeFirst();
    if (current && current.holder !== holder) return { held: false, holder: current.holder };
    // It was given back in between: once more.
  }
}

async function leaseHolder({ db, nowMs }: Engine, name: string): Promise<string | null> {
  const held = await db
    .selectFrom('leases')
    .select('holder')
    .where('name', '=', name)
    .where('until_at', '>', nowMs)
    .executeTakeFirst();
  return held?.holder ?? null;
}
