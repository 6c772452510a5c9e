import type { SecretUse, SecretUseCount, SecretUser } from '#lib/domain/access/secret-use.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { storable } from '#lib/store/engine/storable.ts';

/** How often secrets are searched for and shown, counted over all instances. Times are milliseconds since the epoch. */
export type SecretUseStore = {
  /** Counts a use in the window that began at `window`; answers how many there were in it, this one included. */
  countSecretUse(
    counted: { use: SecretUse; by: SecretUser; key: string; name: string },
    when: { window: number; at: number },
  ): Promise<number>;
  /** The counts of windows that began at `since` or later, the last used first. */
  secretUses(since: number): Promise<SecretUseCount[]>;
};

/** Counters of secret uses in SQL. No list shows them, so the feed and memory are left alone. */
export function secretUseStore({ db }: Engine): SecretUseStore {
  return {
    async countSecretUse({ use, by, key, name }, { window, at }) {
      const row = { use, by, key: storable(key), window_start: window };
      const { count } = await db
        .insertInto('secret_uses')
        .values({ ...row, name: plainColumn(name), count: 1, last_at: at })
        .onConflict((conflict) =>
          conflict
            .columns(['use', 'by', 'key', 'window_start'])
            .doUpdateSet((each) => ({ count: each('secret_uses.count', '+', 1), last_at: at })),
        )
        .returning('count')
        .executeTakeFirstOrThrow();
      return count;
    },
    async secretUses(since) {
      const rows = await db
        .selectFrom('secret_uses')
        .selectAll()
        .where('window_start', '>=', since)
        .orderBy('last_at', 'desc')
        .orderBy('key')
        .execute();
      return rows.map(({ use, by, key, name, count, last_at: lastAt }) => ({
        use: use as SecretUse,
        by: by as SecretUser,
        key,
        name,
        count,
        lastAt,
      }));
    },
  };
}
