import { alarmEpisodes } from '#lib/domain/alarm-episodes.ts';
import { concealChange, openControllers } from '#lib/domain/conceal-change.ts';
import type { Device } from '#lib/domain/device.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import {
  ALARM_FIELD,
  type Evidence,
  type Finding,
  type ShownFinding,
  severityOf,
} from '#lib/domain/finding.ts';
import { iso } from '#lib/domain/iso.ts';
import type { Operator, Role } from '#lib/domain/operator.ts';
import type { Reading } from '#lib/domain/reading.ts';
import type { AlarmMark } from '#lib/domain/status-mark.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type Standing, sharedWith } from '#lib/services/standing.ts';
import type { Around } from '#lib/store/around-store.ts';
import { findTrouble } from './find-trouble.ts';
import type { Sharing, Subject } from './subject.ts';

/** What stands where there is no address: nobody shares it. */
const NO_ADDRESS = new Set(['000000000000', 'ffffffffffff', '0.0.0.0', '::']);

type Context = Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId'>;

/** What is known of a device: a reading with what events told of it since. */
type Known = Pick<Reading, 'observedAt' | 'source'> & {
  device: Device;
  told: { field: string; at: number }[];
};

/** What is wrong with a device, as one person may see it, by what this desk has written down. Never calls DingTalk. */
export async function deviceFindings(
  context: Context,
  operator: Operator,
  ref: DeviceRef,
  { stands, ...known }: Known & { stands: Standing },
): Promise<ShownFinding[]> {
  const { room, shared, changes, alarms } = await context.store.aroundDevice(
    ref,
    known.device.room?.id ?? null,
  );
  const heard = sharedWith(context, operator, stands)(changes);
  const findings = findTrouble({
    ...known,
    now: context.clock.now(),
    roomName: room && room.goneAt === null ? room.name : null,
    sharing: eachOnce(shared).flatMap(sharingOf),
    changes: heard,
    alarms: standing(alarms),
  });
  const open = openControllers([known.device], heard);
  return findings.map((each) => shownFinding(each, operator.role, open));
}

/** Two devices may share more than one MAC, which is one thing to know. */
const eachOnce = (shared: Around['shared']): Around['shared'] => [
  ...new Map(shared.map((each) => [`${each.kind} ${each.other.key}`, each])).values(),
];

function sharingOf({ kind, value, other }: Around['shared'][number]): Sharing[] {
  const { deviceId, name, state, observedAt, source } = other;
  if (NO_ADDRESS.has(value) || observedAt === null || source === null) return [];
  return [{ kind, other: { deviceId, name, offline: state === 'offline', observedAt, source } }];
}

function standing(marks: AlarmMark[]): Subject['alarms'] {
  return alarmEpisodes(marks)
    .filter(({ to }) => to === null)
    .map(({ rule, level, from, processingAt }) => ({ rule, level, since: from ?? processingAt ?? 0 }));
}

function shownFinding({ code, evidence }: Finding, role: Role, open: ReadonlySet<string>): ShownFinding {
  return {
    code,
    severity: severityOf(code),
    evidence: evidence.map((each) => shownEvidence(each, role, open)),
  };
}

function shownEvidence({ at, ...evidence }: Evidence, role: Role, open: ReadonlySet<string>) {
  // That there is an alarm and how bad it is everybody sees in the history.
  if (evidence.field.startsWith(ALARM_FIELD)) return { ...evidence, at: iso(at) };
  const { field, from: value } = concealChange(
    { field: evidence.field, from: evidence.value, to: null },
    role,
    open,
  );
  return { ...evidence, field, value, at: iso(at) };
}
