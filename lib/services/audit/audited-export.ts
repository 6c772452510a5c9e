import { asAppError } from '#lib/domain/errors.ts';
import type { Audit, NewAuditEntry } from './audit.ts';

/** A piece of a file, and how many rows of what was asked for are in it. */
type Piece = { text: string; rows: number };

/**
 * The pieces of a file, the first of them only once the audit log says who takes what; how many rows went is written when
 * the last has gone, or when nobody wanted more. Throws internal.audit before the first piece.
 */
export async function* exportedRows(
  { audit }: { audit: Audit },
  auditEntry: Omit<NewAuditEntry, 'action' | 'outcome'>,
  pieces: () => AsyncGenerator<Piece>,
): AsyncGenerator<string> {
  await audit.record({ ...auditEntry, action: 'exported' });
  let rows = 0;
  let ended: { outcome: 'done' | 'failed'; about: string } | null = null;
  const counted = (why = '') => `rows=${rows}${why}`;
  try {
    for await (const piece of pieces()) {
      rows += piece.rows;
      yield piece.text;
    }
    ended = { outcome: 'done', about: counted() };
  } catch (error) {
    ended = { outcome: 'failed', about: counted(`&error=${asAppError(error).reason}`) };
    throw error;
  } finally {
    // Whoever stops downloading ends the generator where it stands.
    const stopped = { outcome: 'failed' as const, about: counted('&stopped') };
    audit.note({ ...auditEntry, action: 'export-ended', ...(ended ?? stopped) });
  }
}
