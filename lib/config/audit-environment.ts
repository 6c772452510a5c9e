import { z } from 'zod';
import { type ExportTarget, readExportTarget } from '#lib/domain/audit/audit-export.ts';
import { isWebhookSecret } from '#lib/services/alerts/webhook.ts';

/** Where every entry of the audit log is sent as well, and what signs it there. */
export const auditShape = {
  AUDIT_EXPORT: z
    .string()
    .refine(
      (text) => readExportTarget(text) !== null,
      'malformed: file:/path/to/audit.jsonl, syslog://host:port or https://host/path without user and password',
    )
    .optional(),
  AUDIT_EXPORT_SECRET: z
    .string()
    .refine(
      isWebhookSecret,
      'malformed: whsec_ and the base64 of 24 to 64 random bytes; make one with: echo "whsec_$(openssl rand -base64 32)"',
    )
    .optional(),
};

type AuditEnvironment = z.output<z.ZodObject<typeof auditShape>>;

/** The settings of AUDIT_EXPORT; `address` is as it is configured, `secret` signs what goes to https. */
export type AuditExportConfig = { address: string; target: ExportTarget; secret: string | null };

/** Null where nothing is sent elsewhere. */
export function auditExportOf({
  AUDIT_EXPORT: address,
  AUDIT_EXPORT_SECRET: secret = null,
}: Partial<Record<keyof AuditEnvironment, string | null | undefined>>): AuditExportConfig | null {
  const target = address ? readExportTarget(address) : null;
  return address && target ? { address, target, secret: secret ?? null } : null;
}

/** What is sent by https is signed, so that the receiver can tell it from anybody else's. */
export function checkAuditExport(env: AuditEnvironment, context: z.RefinementCtx): void {
  if (!env.AUDIT_EXPORT?.startsWith('https:') || env.AUDIT_EXPORT_SECRET !== undefined) return;
  const message = 'missing: AUDIT_EXPORT=https://… is signed with it';
  context.addIssue({ code: 'custom', path: ['AUDIT_EXPORT_SECRET'], message });
}
