import { createEgressProxy } from '#lib/egress/egress-proxy.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import { type Config, secretFilesOf } from './config.ts';

/** What of a configuration the doctor goes by. */
export function checkingOf(settled: Config, sealer: AuditSealer): ServiceContext['checking'] {
  const { appUrl, dingtalk, events, operatorUnionId, databaseUrl, dataDir, egress } = settled;
  return {
    settings: {
      appUrl,
      operatorUnionId,
      apiOrigin: dingtalk.apiOrigin,
      oapiOrigin: dingtalk.oapiOrigin,
      loginOrigin: dingtalk.loginOrigin,
      clientId: dingtalk.clientId,
      corpId: dingtalk.corpId,
      transport: events.transport,
      monthlyCalls: dingtalk.monthlyCalls,
      monthlyEvents: events.monthly,
      proxy: egress && { address: createEgressProxy(egress).address, noProxy: egress.noProxy },
    },
    place: { databaseUrl, dataDir },
    sealer,
    secretFiles: secretFilesOf(),
  };
}
