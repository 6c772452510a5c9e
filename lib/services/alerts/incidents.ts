import { type AttentionRule, NAMED_DEVICES, type Notice, type NoticeKind } from '#lib/domain/alerts/alert.ts';
import { FINDING_CODES, type FindingCode } from '#lib/domain/findings/finding.ts';
import {
  type Alarm,
  type AttentionState,
  agoMs,
  type Decision,
  GATHER_MS,
  type Incident,
  JOIN_MS,
} from './alert-state.ts';

/** Puts an alarm that is raised to those of its cause that are just being told, or makes a new incident of it. */
export function joinIncident(
  { incidents }: AttentionState,
  alarm: Alarm,
  rule: AttentionRule,
  now: number,
  newId: () => string,
): void {
  const kind = alarm.flapping ? 'flapping' : 'raised';
  const group = alarm.groups.at(-1);
  for (const incident of incidents.values()) {
    const { ruleId, cause, toldAt, closed, groups } = incident;
    if (ruleId !== rule.id || cause !== alarm.cause || incident.kind !== kind || closed) continue;
    // A floor that loses its network is noticed device by device; what is elsewhere is news of its own.
    const joins =
      toldAt !== null && agoMs(toldAt, now) < JOIN_MS && group !== undefined && groups.includes(group);
    if (toldAt !== null && !joins) continue;
    alarm.incidentId = incident.id;
    if (joins)
      incident.joined = [...incident.joined.filter((key) => key !== alarm.deviceKey), alarm.deviceKey];
    return;
  }
  const id = newId();
  alarm.incidentId = id;
  incidents.set(id, {
    id,
    ruleId: rule.id,
    rule: rule.name,
    cause: alarm.cause,
    code: alarm.code,
    kind,
    openedAt: now,
    toldAt: null,
    closed: false,
    channelIds: [...rule.channelIds],
    groups: [],
    codeOf: {},
    since: alarm.since,
    devices: [],
    joined: [],
    cleared: false,
  });
}

/** Takes a device out of what was told, because it is told of elsewhere from now on. */
export function leaveIncident(incident: Incident, { deviceKey, deviceId, name }: Alarm): void {
  const { [deviceKey]: _left, ...codeOf } = incident.codeOf;
  incident.codeOf = codeOf;
  incident.joined = incident.joined.filter((key) => key !== deviceKey);
  incident.devices = incident.devices.filter((each) => each.deviceId !== deviceId || each.name !== name);
}

type Terms = {
  now: number;
  newId: () => string;
  isQuiet: (alarm: Alarm) => boolean;
  isRule: (id: string) => boolean;
};

/** What the incidents have to tell now; those that are over go. */
export function tellIncidents(state: AttentionState, terms: Terms): Decision['notices'] {
  const notices: Decision['notices'] = [];
  const members = membersOf(state);
  for (const incident of state.incidents.values()) {
    const told = tell(incident, members.get(incident.id) ?? [], terms);
    if (told) notices.push({ notice: told, channelIds: incident.channelIds });
    const left = (members.get(incident.id) ?? []).some(({ incidentId }) => incidentId === incident.id);
    if (!left) state.incidents.delete(incident.id);
  }
  return notices;
}

function membersOf({ alarms }: AttentionState): Map<string, Alarm[]> {
  const members = new Map<string, Alarm[]>();
  for (const alarm of alarms.values()) {
    if (alarm.incidentId === null) continue;
    const known = members.get(alarm.incidentId);
    if (known) known.push(alarm);
    else members.set(alarm.incidentId, [alarm]);
  }
  return members;
}

function tell(incident: Incident, members: Alarm[], terms: Terms): Notice | null {
  const { now } = terms;
  if (members.length === 0) {
    const isOver = incident.toldAt !== null && incident.cleared && terms.isRule(incident.ruleId);
    return isOver ? noticeOf('cleared', incident, terms, []) : null;
  }
  if (incident.toldAt === null) {
    if (agoMs(incident.openedAt, now) < GATHER_MS) return null;
    const loud = withoutQuiet(members, terms);
    if (loud.length === 0) return null;
    Object.assign(incident, { toldAt: now, codeOf: codesByDevice(loud), ...factsOf(loud) });
    return noticeOf(incident.kind, incident, terms, loud);
  }
  if (incident.closed || agoMs(incident.toldAt, now) < JOIN_MS) return null;
  incident.closed = true;
  const joined = withoutQuiet(
    members.filter(({ deviceKey }) => incident.joined.includes(deviceKey)),
    terms,
  );
  incident.joined = [];
  if (joined.length === 0) return null;
  const { devices, since } = factsOf(joined);
  incident.codeOf = { ...incident.codeOf, ...codesByDevice(joined) };
  incident.devices = [...incident.devices, ...devices].slice(0, NAMED_DEVICES);
  incident.since = Math.min(incident.since, since);
  return { ...noticeOf('more', incident, terms, joined), devices };
}

/** What has become quiet before anybody was told of it was never raised. */
function withoutQuiet(alarms: Alarm[], { isQuiet }: Terms): Alarm[] {
  return alarms.filter((alarm) => {
    if (!isQuiet(alarm)) return true;
    alarm.raisedAt = null;
    alarm.incidentId = null;
    alarm.flapping = false;
    alarm.raises = alarm.raises.slice(0, -1);
    return false;
  });
}

function factsOf(alarms: Alarm[]) {
  const devices = alarms
    .toSorted((a, b) => a.since - b.since || (a.deviceKey < b.deviceKey ? -1 : 1))
    .slice(0, NAMED_DEVICES)
    .map(({ deviceId, name, roomName, since, code }) => ({ deviceId, name, roomName, since, code }));
  const groups = alarms.map((alarm) => alarm.groups.at(-1)).filter((group) => group !== undefined);
  const [worst] = alarms.map(({ code }) => code).sort(byRank) as [FindingCode];
  const since = Math.min(...alarms.map((alarm) => alarm.since));
  return { devices, since, code: worst, groups: [...new Set(groups)] };
}

const codesByDevice = (alarms: Alarm[]): Incident['codeOf'] =>
  Object.fromEntries(alarms.map(({ deviceKey, code }) => [deviceKey, code]));

const byRank = (a: FindingCode, b: FindingCode) => FINDING_CODES.indexOf(a) - FINDING_CODES.indexOf(b);

/** A notification about an incident; `added` are the devices that are new in it. */
function noticeOf(kind: NoticeKind, incident: Incident, { now, newId }: Terms, added: Alarm[]): Notice {
  const { id, rule, code, since, devices, codeOf } = incident;
  const all = Object.keys(codeOf);
  const deviceKeys = kind === 'more' ? added.map(({ deviceKey }) => deviceKey) : all;
  const counts = new Map<FindingCode, number>();
  for (const key of deviceKeys) {
    const each = codeOf[key] ?? code;
    counts.set(each, (counts.get(each) ?? 0) + 1);
  }
  const codes = [...counts]
    .map(([each, count]) => ({ code: each, count }))
    .sort((a, b) => byRank(a.code, b.code));
  return {
    id: newId(),
    kind,
    incidentId: id,
    rule,
    code,
    at: now,
    since,
    total: Math.max(all.length, devices.length),
    added: added.length,
    devices,
    codes,
    deviceKeys,
  };
}
