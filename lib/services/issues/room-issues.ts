import type { ShownIssue } from '#lib/api/issues/issue-answers.ts';
import { iso } from '#lib/domain/iso.ts';
import { severityOf } from '#lib/domain/issues/issue.ts';
import type { IndexedRoom } from '#lib/services/inventory/index/room-index.ts';

/** What is wrong with a room itself; what is wrong with its devices is theirs. Everybody may see it. */
export function roomIssues({ room, deviceKeys }: IndexedRoom): ShownIssue[] {
  // A room that was only listed did not say which devices it has.
  if (room.removedAt !== null || room.detailAt === null || deviceKeys.length > 0) return [];
  const code = 'room-without-device';
  const evidence = { field: 'room.devices', value: 0, at: iso(room.detailAt), of: null };
  return [{ code, severity: severityOf(code), evidence: [{ ...evidence, source: 'sweep' }] }];
}
