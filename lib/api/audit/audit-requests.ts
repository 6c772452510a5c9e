import { z } from 'zod';
import { moment } from '#lib/api/history/moment.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '#lib/domain/audit/audit.ts';

const text = z.string().max(512).nullable().default(null);

const filter = {
  q: z.string().max(200).default(''),
  who: text,
  action: z.enum(AUDIT_ACTIONS).nullable().default(null),
  outcome: z.enum(AUDIT_OUTCOMES).nullable().default(null),
  target: text,
  from: moment.nullable().default(null),
  to: moment.nullable().default(null),
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
    cursor: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .transform(({ cursor, limit, ...rest }) => ({ filter: asFilter(rest), page: { before: cursor, limit } }));
