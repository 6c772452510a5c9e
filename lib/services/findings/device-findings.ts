import { alarmEpisodes } from '#lib/domain/alarm-episodes.ts';
import type { Change } from '#lib/domain/change.ts';
import { concealChange, controllersNamedIn } from '#lib/domain/conceal-change.ts';
import type { Device } from '#lib/domain/device.ts';
import type { DeviceRef } from '#lib/domain/device-ref.ts';
import {
  ALARM_FIELD,
  type Evidence,
  type Finding,
  type ShownFinding,
  severityOf,
} from '#lib/domain/finding.ts';
import type { IdentifierKind } from '#lib/domain/identifier-kind.ts';
import { iso } from '#lib/domain/iso.ts';
import type { Operator, Role } from '#lib/domain/operator.ts';
import type { Reading } from '#lib/domain/reading.ts';
import type { AlarmMark } from '#lib/domain/status-mark.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type Standing, sharedWith } from '#lib/services/standing.ts';
import { findTrouble } from './find-trouble.ts';
import type { Sharing, Subject } from './subject.ts';

/** A part that was changed so many changes ago was not lost lately. */
const NEWEST_CHANGES = 50;
/** Some say "unknown" for a serial: whom a value is shared with is told of this many. */
const MOST_SHARING = 5;

const ONE_DEVICES_ALONE: IdentifierKind[] = ['serial', 'mac', 'ip', 'cast-code', 'sip-account'];
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
  const { store, clock } = context;
  const roomId = known.device.room?.id;
  const [key, [room]] = await Promise.all([
    store.keyOf(ref),
    roomId === undefined ? [] : store.roomsByIds([roomId]),
  ]);
  const now = clock.now();
  const [sharing, changes, alarms] = await Promise.all([
    key === null ? [] : sharingWith(store, key),
    key === null ? [] : store.changes(key, NEWEST_CHANGES),
    key === null ? [] : store.alarmMarks(key, 0, now),
  ]);
  const heard = sharedWith(context, operator, stands)(changes);
  const findings = findTrouble({
    ...known,
    now,
    roomName: room && room.goneAt === null ? room.name : null,
    sharing,
    changes: heard,
    alarms: standing(alarms),
  });
  return findings.map((each) => shownFinding(each, operator.role, namesIn(known.device, heard)));
}

async function sharingWith(store: Context['store'], key: string): Promise<Sharing[]> {
  const found = await store.sharedIdentifiers(
    key,
    ONE_DEVICES_ALONE,
    MOST_SHARING * ONE_DEVICES_ALONE.length,
  );
  const told = found.filter(({ value }) => !NO_ADDRESS.has(value));
  if (told.length === 0) return [];
  const others = await store.devicesByKeys([...new Set(told.map(({ deviceKey }) => deviceKey))]);
  const byKey = new Map(others.map((each) => [each.key, each]));
  return told.flatMap(({ kind, deviceKey }) => {
    const other = byKey.get(deviceKey);
    if (!other || other.observedAt === null || other.source === null) return [];
    const { deviceId, name, state, observedAt, source } = other;
    return { kind, other: { deviceId, name, offline: state === 'offline', observedAt, source } };
  });
}

function standing(marks: AlarmMark[]): Subject['alarms'] {
  return alarmEpisodes(marks)
    .filter(({ to }) => to === null)
    .map(({ rule, level, from, processingAt }) => ({ rule, level, since: from ?? processingAt ?? 0 }));
}

function namesIn({ controllers }: Device, changes: readonly Change[]): ReadonlySet<string> {
  const now = controllers.flatMap(({ deviceId }) => deviceId ?? []);
  return new Set([...now, ...controllersNamedIn(changes)]);
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
