import 'server-only';
import type { AuditExportConfig } from '#lib/config/audit-environment.ts';
import type { Config } from '#lib/config/config.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { createAudit } from '#lib/services/audit/audit.ts';
import { createAuditGuard } from '#lib/services/audit/audit-guard.ts';
import { startAuditExport } from '#lib/services/audit-export/audit-export.ts';
import type { AuditExport } from '#lib/services/audit-export/export-lag.ts';
import {
  createFileSender,
  createSyslogSender,
  type SendEntries,
} from '#lib/services/audit-export/send-entries.ts';
import { createWebhookEntries } from '#lib/services/audit-export/webhook-entries.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import { auditHeadFile } from '#lib/store/audit/audit-head-file.ts';
import type { Store } from '#lib/store/store.ts';
import type { Log } from './log.ts';

type Auditing = Pick<ServiceContext, 'audit' | 'auditGuard' | 'auditExport'>;

type Parts = {
  store: Store;
  sealer: AuditSealer;
  clock: Clock;
  log: Log;
  instanceId: string;
  proxy: EgressProxy | null;
};

/** The audit log, what watches that nothing of it goes, and what sends it elsewhere as well. */
export function auditingOf(
  settled: Config,
  { store, sealer, clock, log, instanceId, proxy }: Parts,
): Auditing {
  const parts = { store, sealer, clock, warn: log.warn };
  const auditGuard = createAuditGuard({ ...parts, file: auditHeadFile(settled) });
  const audit = createAudit({ ...parts, guard: auditGuard, written: log.info });
  const { auditExport: asked } = settled;
  const auditExport: AuditExport | null =
    asked &&
    startAuditExport({ ...parts, instanceId, address: asked.address, send: senderOf(asked, proxy, clock) });
  return { audit, auditGuard, auditExport };
}

function senderOf(
  { target, secret }: AuditExportConfig,
  proxy: EgressProxy | null,
  clock: Clock,
): SendEntries {
  switch (target.kind) {
    case 'file':
      return createFileSender(target.path);
    case 'syslog':
      return createSyslogSender(target);
    case 'webhook':
      return createWebhookEntries({ url: target.url, secret: secret ?? '', clock, proxy });
  }
}
