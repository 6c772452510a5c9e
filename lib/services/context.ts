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

/** What use cases depend on. Built once per process in lib/server/runtime.ts; tests build their own. */
export type ServiceContext = {
  dingtalk: Pick<
    DingTalk,
    'queryDevice' | 'listRooms' | 'getRoom' | 'listRoomGroups' | 'tokenState' | 'health' | 'checkup'
  >;
  store: Store;
  /** All known devices and rooms, in memory. */
  inventory: Inventory;
  /** Writes the audit log. */
  audit: Audit;
  /** Detects when entries of the audit log are missing. */
  auditGuard: AuditGuard;
  /** Sends the audit log to another system; null unless configured. */
  auditExport: AuditExport | null;
  /** Rate limits of people and addresses. */
  limits: Limits;
  /** The API call budget. */
  budget: Budget;
  clock: Clock;
  /** Identifies this process among those that share the store. */
  instanceId: string;
  /** A reading younger than this answers a query without a call, in milliseconds. */
  freshForMs: number;
  /** The time that one query may take upstream, including retries and waiting, in milliseconds. */
  budgetMs: number;
  /** Calls a second to one API. */
  callsPerSecond: number;
  /** The union ID in whose name DingTalk is queried for people without one of their own; null when not configured. */
  operatorUnionId: string | null;
  /** The organisation of this installation; events of another one are refused. */
  organisation: OwnOrganisation;
  /** How events arrive, how many a month allows, and the state of this process's stream. */
  events: { transport: 'off' | EventTransport; monthly: number; streamState: () => StreamState | null };
  /** What the health check needs: settings that are no secret, the database and the audit log's key. */
  checking: {
    settings: DoctorSettings;
    place: DatabasePlace;
    sealer: AuditSealer;
    secretFiles: readonly string[];
  };
  /** Queries under way, so that equal ones are made once. */
  underWay: Shared<Reading>;
  /** Sessions and API tokens. */
  access: Access;
  /** Dependencies for sending alert notifications. */
  alerts: AlertContext;
  /** Logs a warning about something that failed without failing the request. */
  warn: (fact: string, details?: object) => void;
};

/** A query for one device. With `insist`, a fresh reading does not answer it. */
export type Question = { ref: DeviceRef; insist: boolean };

/** Turns an error into problem+json with the request's ID; the HTTP layer provides it. */
export type Explain = (error: AppError) => Problem;
