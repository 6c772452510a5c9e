import type { Problem } from '#lib/api/problem.ts';
import type { DingTalk } from '#lib/dingtalk/dingtalk.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import type { AppError } from '#lib/domain/errors.ts';
import type { EventTransport } from '#lib/domain/events/device-event.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import type { AuditExport } from '#lib/services/audit-export/export-lag.ts';
import type { AuditSealer } from '#lib/store/audit/audit-chain.ts';
import type { DatabasePlace } from '#lib/store/engine/database-place.ts';
import type { Store } from '#lib/store/store.ts';
import type { Access } from './access/access.ts';
import type { Limits } from './access/limits.ts';
import type { OwnOrganisation } from './access/own-organisation.ts';
import type { AlertContext } from './alerts/alert-context.ts';
import type { Audit } from './audit/audit.ts';
import type { AuditGuard } from './audit/audit-guard.ts';
import type { Budget } from './budget/budget.ts';
import type { Shared } from './devices/share.ts';
import type { DoctorSettings } from './diagnostics/diagnostic-context.ts';
import type { Inventory } from './inventory/inventory.ts';

/** What a verb needs of the world. Built once, in the wiring; tests build their own. */
export type ServiceContext = {
  dingtalk: Pick<
    DingTalk,
    'queryDevice' | 'listRooms' | 'getRoom' | 'listRoomGroups' | 'tokenState' | 'health' | 'checkup'
  >;
  store: Store;
  /** All that is known, in memory. */
  inventory: Inventory;
  /** What is written down of what people do. */
  audit: Audit;
  /** Watches that the audit log keeps what was seen of it. */
  auditGuard: AuditGuard;
  /** Sends the audit log elsewhere as well; null where that is not configured. */
  auditExport: AuditExport | null;
  /** How often people may ask. */
  limits: Limits;
  /** What may be spent. */
  budget: Budget;
  clock: Clock;
  /** This process, among those that share the store. */
  instanceId: string;
  /** A reading younger than this answers a question without a call, in milliseconds. */
  freshForMs: number;
  /** The whole time one question may take upstream, retries and waiting included, in milliseconds. */
  budgetMs: number;
  /** Calls a second to one API. */
  callsPerSecond: number;
  /** In whose name questions are asked for people without a union id of their own; null when not configured. */
  operatorUnionId: string | null;
  /** Whose organisation this is; events of another one are refused. */
  organisation: OwnOrganisation;
  /** How events come in, and what this process knows of its stream. */
  events: { transport: 'off' | EventTransport; monthly: number; streamState: () => StreamState | null };
  /** What a check of the connection goes by: settings that are no secret, the database and the audit log's key. */
  checking: {
    settings: DoctorSettings;
    place: DatabasePlace;
    sealer: AuditSealer;
    secretFiles: readonly string[];
  };
  /** Questions that are on their way, so that the same one is asked once. */
  underWay: Shared<Reading>;
  /** The ways in that are open: sessions and tokens. */
  access: Access;
  /** What it takes to tell somebody of what is wrong. */
  alerts: AlertContext;
  /** Tells of what went wrong although the person got an answer. */
  warn: (fact: string, details?: object) => void;
};

/** A device asked by one of its names, for one person. */
export type Question = { ref: DeviceRef; insist: boolean };

/** Turns an error into what may be shown; the transport supplies the words and the request's id. */
export type Explain = (error: AppError) => Problem;
