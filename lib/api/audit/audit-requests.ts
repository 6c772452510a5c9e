import { z } from 'zod';
import { moment } from '#lib/api/history/moment.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '#lib/domain/audit/audit.ts';

const text = z.string().max(512).nullable().default(null);

const filter = {
  q: z.string().max(200).default('').describe('Occurs in names, IDs, addresses or texts.'),
  who: text.describe('Subject of the person who did it.'),
  action: z.enum(AUDIT_ACTIONS).nullable().default(null).describe('What was done.'),
  outcome: z.enum(AUDIT_OUTCOMES).nullable().default(null).describe('How it ended.'),
  target: text.describe('ID of what it was done to.'),
  from: moment.nullable().default(null).describe('The first moment.'),
  to: moment.nullable().default(null).describe('The first moment after the last one.'),
};

const asFilter = ({ q, who, target, ...rest }: z.output<z.ZodObject<typeof filter>>) => ({
  ...rest,
  text: q,
  subject: who || null,
  targetId: target || null,
});

/** The audit log whole, or what matches, for an export. */
export const auditWhole = z.strictObject(filter).transform(asFilter);

/** A page of the audit log; the cursor is the number of the last entry of the page before. */
export const auditPage = z
  .strictObject({
    ...filter,
    cursor: z.coerce
      .number()
      .int()
      .min(1)
      .max(Number.MAX_SAFE_INTEGER)
      .nullable()
      .default(null)
      .describe('The nextCursor of the page before; all other parameters stay the same.'),
    limit: z.coerce.number().int().min(1).max(200).default(50).describe('Rows per page.'),
  })
  .transform(({ cursor, limit, ...rest }) => ({ filter: asFilter(rest), page: { before: cursor, limit } }));
