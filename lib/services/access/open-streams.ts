import type { Operator } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';

/** More tabs, screens and programs than one person or token watches; each costs memory for as long as it is open. */
export const MAX_STREAMS = 50;

/** When a page should try again: others of the person's may be closed by then. */
const RETRY_AFTER_SECONDS = 30;

/** Counts a person's event stream until the function it answers is called. Throws too-many-questions.streams. */
export type OpenStream = (who: Pick<Operator, 'subject'>) => () => void;

/** Event streams that are open in this process, counted by person or token. */
export function createOpenStreams(max = MAX_STREAMS): OpenStream {
  const open = new Map<string, number>();
  return ({ subject }) => {
    const now = open.get(subject) ?? 0;
    if (now >= max) {
      throw new AppError('too-many-questions.streams', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    open.set(subject, now + 1);
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      const left = (open.get(subject) ?? 1) - 1;
      if (left === 0) open.delete(subject);
      else open.set(subject, left);
    };
  };
}
