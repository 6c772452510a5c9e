import { z } from 'zod';

const REFUSED = 'invalid-question.moment';

/** A moment in ISO 8601: a date and a time with its zone, or a date, which begins in UTC. Milliseconds since the epoch. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: REFUSED })
  .transform(Date.parse);

/** The moment that a question about the past names, and the one it is compared with; empty where it is about now. */
export const moments = z
  .object({ at: moment.optional(), against: moment.optional() })
  .transform(({ at, against }, context) => {
    if (at !== undefined) return { at, against };
    if (against !== undefined) context.addIssue({ code: 'custom', message: REFUSED });
    return {};
  });

/** The same out of a page's address; null when what it says is no moment. */
export function momentsIn(params: URLSearchParams): z.output<typeof moments> | null {
  const [at, against] = [params.get('at'), params.get('against')];
  return moments.safeParse({ ...(at !== null && { at }), ...(against !== null && { against }) }).data ?? null;
}
