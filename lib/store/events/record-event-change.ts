import type { Leaf } from '#lib/domain/devices/overlay.ts';
import type { MarkSource } from '#lib/domain/history/status-mark.ts';
import { CHANGES } from '#lib/store/devices/device-rows.ts';
import type { Writing } from '#lib/store/engine/engine.ts';
import { UNREADABLE } from '#lib/store/sealing/vault.ts';

const UNKNOWN = JSON.stringify(UNREADABLE);

/** A plain value that an event told, where the device's changes of that field stand now, and what it shows. */
type OverrideLeaf = {
  key: string;
  at: number;
  notBefore: number;
  leaf: Leaf;
  shown: unknown;
  /** What is newer than this event and says what is shown; null when nothing is. */
  newer: { at: number; source: MarkSource } | null;
};

/**
 * Puts what an event told of a field into the chain of that field's changes at its own moment, so that each change
 * begins with what the one before it ended with, in whatever order the events came.
 */
export async function recordEventChange(
  { trx, vault }: Pick<Writing, 'trx' | 'vault'>,
  { key, at, notBefore, leaf, shown, newer }: OverrideLeaf,
) {
  const { field } = leaf;
  const chain = trx
    .selectFrom('changes')
    .selectAll()
    .where('device_key', '=', key)
    .where('field', '=', field)
    .limit(1);
  const before = await chain.where('at', '<=', at).orderBy('at', 'desc').executeTakeFirst();
  const after = await chain.where('at', '>', at).orderBy('at').executeTakeFirst();
  // Two seals of one value differ, so values are compared as they are.
  const plain = (text: string) => JSON.stringify(vault.value(text, CHANGES, field, UNREADABLE) ?? null);
  const sealed = (each: unknown) => vault.json(each ?? null, CHANGES, field);
  const [value, isShown] = [JSON.stringify(leaf.value ?? null), JSON.stringify(shown ?? null)];
  const chained = before?.to_value ?? after?.from_value;
  const isLost = chained !== undefined && !after && plain(chained) === UNKNOWN;
  const was = chained === undefined || isLost ? sealed(shown) : chained;
  // What cannot be read is not compared: whether the value changed is not known.
  if ([plain(was), isShown, ...(after ? [plain(after.to_value)] : [])].includes(UNKNOWN)) return;
  if (plain(was) === value) return;
  if (before?.at === at && before.source === 'event') {
    await trx
      .updateTable('changes')
      .set({ to_value: sealed(leaf.value) })
      .where((each) => each.and({ device_key: key, field, at }))
      .execute();
  } else {
    const overrides = { device_key: key, at, not_before: Math.min(notBefore, at), field, source: 'event' };
    await trx
      .insertInto('changes')
      .values({ ...overrides, from_value: was, to_value: sealed(leaf.value) })
      .execute();
  }
  if (!after) {
    // Something newer said again what was shown before: it changed back, by then at the latest.
    const back = {
      device_key: key,
      field,
      not_before: at,
      from_value: sealed(leaf.value),
      to_value: sealed(shown),
    };
    if (newer && isShown !== value)
      await trx
        .insertInto('changes')
        .values({ ...back, ...newer })
        .execute();
    return;
  }
  const next = { device_key: key, field, at: after.at };
  // What was noticed later is what this event told of: it had happened by then.
  if (plain(after.to_value) === value) {
    await trx
      .deleteFrom('changes')
      .where((each) => each.and(next))
      .execute();
  } else {
    await trx
      .updateTable('changes')
      .set({ from_value: sealed(leaf.value) })
      .where((each) => each.and(next))
      .execute();
  }
}
