import type { Checkup } from '#lib/dingtalk/diagnostics/checkup.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { EventTransport } from '#lib/domain/events/device-event.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import type { Store } from '#lib/store/store.ts';

/** What of the configuration a walk goes by; nothing of it is a secret. */
export type DoctorSettings = {
  appUrl: string;
  apiOrigin: string;
  oapiOrigin: string;
  loginOrigin: string;
  clientId: string;
  corpId: string | null;
  operatorUnionId: string | null;
  transport: 'off' | EventTransport;
  monthlyCalls: number;
  monthlyEvents: number;
  /** The proxy by which requests leave, without its credentials; null when there is none. */
  proxy: { address: string; noProxy: string } | null;
};

/** What the doctor looks at; null for what could not be opened, which a step then says. */
export type DiagnosticContext = {
  settings: DoctorSettings | null;
  /** Why there are no settings, a line each. */
  problems: string[];
  checkup: Checkup | null;
  /** The ledger and all that is known; null where its database is not of this version or cannot be reached. */
  store: Store | null;
  place: DatabasePlace | null;
  sealer: AuditSealer | null;
  /** Paths of files that hold secrets of the configuration. */
  secretFiles: readonly string[];
  /** An entry of the audit log that somebody wrote down before. */
  remembered: { seq: number; hash: string } | null;
  /** The stream as this process has it. */
  stream: StreamState | null;
  clock: Clock;
  /** This process, among those that share the store. */
  instanceId: string;
};
