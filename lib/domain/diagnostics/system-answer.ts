import type { CallPurpose, DailyShare, Spender } from '#lib/domain/budget/budget.ts';
import type { DiscoveryRun } from '#lib/domain/discovery/discovery.ts';
import type { ErrorReason, UpstreamSaid } from '#lib/domain/errors.ts';
import type { EventTransport } from '#lib/domain/events/device-event.ts';
import type { ShownEvent } from '#lib/domain/events/events-answer.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import type { CheckReason } from '#lib/domain/inventory/fleet.ts';
import type { DoctorCost } from './doctor.ts';
import type { ShownSystemIssue } from './system-issue.ts';

type Iso = string;

/** A failed call with what it means; the words for `reason` hold its cure. */
export type FailedCall = {
  at: Iso;
  api: string;
  /** Null for a call that the month does not count, such as for a token. */
  purpose: CallPurpose | null;
  reason: ErrorReason;
  upstream: UpstreamSaid;
  ms: number;
};

/** Discovery as it is shown: the run with its times as ISO 8601. */
export type DiscoveryShown = Omit<
  DiscoveryRun,
  'startedAt' | 'finishedAt' | 'movedAt' | 'startedBy' | 'nextToken'
> & {
  startedAt: Iso;
  finishedAt: Iso | null;
  movedAt: Iso;
};

/** The service screen. Times are ISO 8601 UTC. */
export type ServiceAnswer = {
  at: Iso;
  /** What is wrong with the desk itself; what is looked at first comes first. */
  troubles: ShownSystemIssue[];
  /** What a check of the connection would cost. */
  check: DoctorCost;
  budget: {
    month: string;
    monthEndsAt: Iso;
    limit: number;
    /** Kept for people's questions. */
    reserve: number;
    spent: number;
    left: number;
    byDay: { day: string; purpose: CallPurpose; calls: number }[];
    /** When the budget ends at the pace of the last seven days; null when it outlasts the month or nothing was spent. */
    endsAt: Iso | null;
    /** What the whole month will have cost at that pace. */
    expected: number;
    callsPerSecond: number;
    /** What one person or API token may cause today. */
    share: DailyShare;
    /** Who caused calls today, the most first; `name` is null where it is no longer known. */
    spenders: (Spender & { name: string | null })[];
  };
  upstream: {
    lastAnsweredAt: Iso | null;
    lastFailed: Pick<FailedCall, 'at' | 'reason'> | null;
    failures: FailedCall[];
    token: { obtainedAt: Iso; expiresAt: Iso } | null;
    /** There is no token, and the last call that failed asked for one. */
    tokenFailed: boolean;
  };
  discovery: {
    run: DiscoveryShown | null;
    /** What a full run would cost now, and whether the budget allows it. Rooms and devices as far as they are known. */
    cost: { calls: number; allowed: boolean; knownRooms: number; knownDevices: number };
  };
  round: {
    /** False when no instance does it: `INSTANCE_ROLE=web` everywhere, or no operator is configured. */
    on: boolean;
    /** Why it stands still now; null while it works or waits for the next look. */
    pausedBy: ErrorReason | null;
    /** When one request tries again whether DingTalk answers; null when nothing was refused. */
    resumesAt: Iso | null;
    due: number;
    /** Milliseconds between two looks at the present pace; null when nothing may be spent. */
    paceMs: number | null;
    nextAt: Iso | null;
    next: { key: string; deviceId: string | null; name: string | null; at: Iso; reason: CheckReason }[];
  };
  events: {
    transport: 'off' | EventTransport;
    /** The stream as this instance has it; null while another holds it, or by callback. */
    stream:
      | (Pick<StreamState, 'state' | 'problem' | 'connectionsMade'> & { since: Iso; retryAt: Iso | null })
      | null;
    /** Whether any instance holds the stream. */
    held: boolean;
    /** What DingTalk pushes at most in a month, what of it is used, and by what: events and robot messages share it. */
    limit: number;
    pushed: number;
    pushedEvents: number;
    robotMessages: number;
    /** Minutes between two messages of a robot channel while digests are sent; null otherwise. */
    digestMinutes: number | null;
    /** When the pushes end at the pace of the last seven days; null when they outlast the month. */
    endsAt: Iso | null;
    expected: number;
    /** Looks of the last 30 days that agreed with what events had said before them, and that did not. */
    trust: { agreed: number; missed: number };
    newest: ShownEvent[];
  };
  inventory: {
    rooms: number;
    devices: number;
    roomsRemoved: number;
    devicesRemoved: number;
    notObserved: number;
  };
};
