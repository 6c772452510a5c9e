import { RETENTION_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import { type VersionKind, versionedKeys } from '#lib/store/history/list-versions.ts';
import { type Db, endOfSome, MOST_DEVICES, type Step } from './retention-step.ts';

const KINDS: VersionKind[] = ['device', 'room', 'groups'];

/** What lists showed: of what is too old the last stays, which says how it was when the rest begins. */
export async function deleteOldVersions(db: Db, place: RetentionPlace, now: number): Promise<Step> {
  const [named = '', ...rest] = place.after.split('\n');
  const kind = KINDS.find((each) => each === named) ?? 'device';
  let after = rest.join('\n');
  for (const key of await versionedKeys(db, kind, after, MOST_DEVICES)) {
    const { begin } = await db
      .selectFrom('list_versions')
      .select((each) => each.fn.max('at').as('begin'))
      .where((each) => each.and({ kind, key }))
      .where('at', '<=', now - RETENTION_MS.history)
      .executeTakeFirstOrThrow();
    const old = db
      .selectFrom('list_versions')
      .select('at')
      .where((each) => each.and({ kind, key }))
      .where('at', '<', begin ?? 0);
    const until = await endOfSome(old.orderBy('at'));
    if (until !== null) {
      const removed = await db
        .deleteFrom('list_versions')
        .where((each) => each.and({ kind, key }))
        .where('at', '<=', until)
        .executeTakeFirst();
      return { removed: Number(removed.numDeletedRows), next: { ...place, after: `${kind}\n${after}` } };
    }
    after = key;
  }
  const isWhole = after === rest.join('\n');
  const following = isWhole ? KINDS[KINDS.indexOf(kind) + 1] : kind;
  const next = following ? { ...place, after: `${following}\n${isWhole ? '' : after}` } : null;
  return { removed: 0, next };
}
