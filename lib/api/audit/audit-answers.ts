import { z } from 'zod';
import { count, text, time } from '#lib/api/values.ts';
import { ROLES } from '#lib/domain/access/operator.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES, AUDIT_TARGETS } from '#lib/domain/audit/audit.ts';

const auditEntry = z
  .strictObject({
    seq: count.describe('Number of the entry.'),
    at: time,
    action: z.enum(AUDIT_ACTIONS),
    outcome: z.enum(AUDIT_OUTCOMES),
    who: z
      .strictObject({ subject: text, name: text, role: z.enum(ROLES).nullable() })
      .describe('Who did it, with name and role at that moment.'),
    target: z.strictObject({ kind: z.enum(AUDIT_TARGETS), id: text }).nullable(),
    about: text,
    reason: text.describe('The reason that the person gave.'),
    address: z.string().describe('IP address.'),
    requestId: text,
    hash: z.string().describe('Hash of this entry and the hash before it.'),
  })
  .meta({ id: 'AuditEntry' });

export type ShownEntry = z.infer<typeof auditEntry>;

/** A page of the audit log. */
export const auditAnswer = z
  .strictObject({
    items: z.array(auditEntry).describe('Newest first.'),
    nextCursor: text.describe('The cursor of the next page; null on the last page.'),
    total: count,
  })
  .meta({ id: 'AuditLog' });

export type AuditAnswer = z.infer<typeof auditAnswer>;
