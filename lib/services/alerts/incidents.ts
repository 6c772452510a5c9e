import {
  type AlertRule,
  NAMED_DEVICES,
  type Notification,
  type NotificationKind,
} from '#lib/domain/alerts/alert.ts';
import { ISSUE_CODES, type IssueCode } from '#lib/domain/issues/issue.ts';
import {
  type Alert,
  type AlertState,
  agoMs,
  type Decision,
  GATHER_MS,
  type Incident,
  JOIN_MS,
} from './alert-state.ts';

/** Puts an alarm that is raised to those of its cause that are just being told, or makes a new incident of it. */
export function joinIncident(
  { incidents }: AlertState,
  alert: Alert,
  rule: AlertRule,
  now: number,
  newId: () => string,
): void {
  const kind = alert.flapping ? 'flapping' : 'raised';
  const group = alert.groups.at(-1);
  for (const incident of incidents.values()) {
    const { ruleId, cause, notifiedAt, closed, groups } = incident;
    if (ruleId !== rule.id || cause !== alert.cause || incident.kind !== kind || closed) continue;
    // A floor that loses its network is noticed device by device; what is elsewhere is news of its own.
    const joins =
      notifiedAt !== null &&
      agoMs(notifiedAt, now) < JOIN_MS &&
      group !== undefined &&
      groups.includes(group);
    if (notifiedAt !== null && !joins) continue;
    alert.incidentId = incident.id;
    if (joins)
      incident.joined = [...incident.joined.filter((key) => key !== alert.deviceKey), alert.deviceKey];
    return;
  }
  const id = newId();
  alert.incidentId = id;
  incidents.set(id, {
    id,
    ruleId: rule.id,
    rule: rule.name,
    cause: alert.cause,
    code: alert.code,
    kind,
    openedAt: now,
    notifiedAt: null,
    closed: false,
    channelIds: [...rule.channelIds],
    groups: [],
    codeOf: {},
    since: alert.since,
    devices: [],
    joined: [],
    resolved: false,
  });
}

/** Takes a device out of what was told, because it is told of elsewhere from now on. */
export function leaveIncident(incident: Incident, { deviceKey, deviceId, name }: Alert): void {
  const { [deviceKey]: _left, ...codeOf } = incident.codeOf;
  incident.codeOf = codeOf;
  incident.joined = incident.joined.filter((key) => key !== deviceKey);
  incident.devices = incident.devices.filter((each) => each.deviceId !== deviceId || each.name !== name);
}

type Terms = {
  now: number;
  newId: () => string;
  isSilenced: (alert: Alert) => boolean;
  isRule: (id: string) => boolean;
};

/** What the incidents have to tell now; those that are over go. */
export function notifyIncidents(state: AlertState, terms: Terms): Decision['notifications'] {
  const notifications: Decision['notifications'] = [];
  const members = membersOf(state);
  for (const incident of state.incidents.values()) {
    const notified = notify(incident, members.get(incident.id) ?? [], terms);
    if (notified) notifications.push({ notification: notified, channelIds: incident.channelIds });
    const left = (members.get(incident.id) ?? []).some(({ incidentId }) => incidentId === incident.id);
    if (!left) state.incidents.delete(incident.id);
  }
  return notifications;
}

function membersOf({ alerts }: AlertState): Map<string, Alert[]> {
  const members = new Map<string, Alert[]>();
  for (const alert of alerts.values()) {
    if (alert.incidentId === null) continue;
    const known = members.get(alert.incidentId);
    if (known) known.push(alert);
    else members.set(alert.incidentId, [alert]);
  }
  return members;
}

function notify(incident: Incident, members: Alert[], terms: Terms): Notification | null {
  const { now } = terms;
  if (members.length === 0) {
    const isOver = incident.notifiedAt !== null && incident.resolved && terms.isRule(incident.ruleId);
    return isOver ? notificationOf('resolved', incident, terms, []) : null;
  }
  if (incident.notifiedAt === null) {
    if (agoMs(incident.openedAt, now) < GATHER_MS) return null;
    const loud = withoutSilenced(members, terms);
    if (loud.length === 0) return null;
    Object.assign(incident, { notifiedAt: now, codeOf: codesByDevice(loud), ...factsOf(loud) });
    return notificationOf(incident.kind, incident, terms, loud);
  }
  if (incident.closed || agoMs(incident.notifiedAt, now) < JOIN_MS) return null;
  incident.closed = true;
  const joined = withoutSilenced(
    members.filter(({ deviceKey }) => incident.joined.includes(deviceKey)),
    terms,
  );
  incident.joined = [];
  if (joined.length === 0) return null;
  const { devices, since } = factsOf(joined);
  incident.codeOf = { ...incident.codeOf, ...codesByDevice(joined) };
  incident.devices = [...incident.devices, ...devices].slice(0, NAMED_DEVICES);
  incident.since = Math.min(incident.since, since);
  return { ...notificationOf('more', incident, terms, joined), devices };
}

/** What has become quiet before anybody was told of it was never raised. */
function withoutSilenced(alerts: Alert[], { isSilenced }: Terms): Alert[] {
  return alerts.filter((alert) => {
    if (!isSilenced(alert)) return true;
    alert.raisedAt = null;
    alert.incidentId = null;
    alert.flapping = false;
    alert.raises = alert.raises.slice(0, -1);
    return false;
  });
}

function factsOf(alerts: Alert[]) {
  const devices = alerts
    .toSorted((a, b) => a.since - b.since || (a.deviceKey < b.deviceKey ? -1 : 1))
    .slice(0, NAMED_DEVICES)
    .map(({ deviceId, name, roomName, since, code }) => ({ deviceId, name, roomName, since, code }));
  const groups = alerts.map((alert) => alert.groups.at(-1)).filter((group) => group !== undefined);
  const [worst] = alerts.map(({ code }) => code).sort(byRank) as [IssueCode];
  const since = Math.min(...alerts.map((alert) => alert.since));
  return { devices, since, code: worst, groups: [...new Set(groups)] };
}

const codesByDevice = (alerts: Alert[]): Incident['codeOf'] =>
  Object.fromEntries(alerts.map(({ deviceKey, code }) => [deviceKey, code]));

const byRank = (a: IssueCode, b: IssueCode) => ISSUE_CODES.indexOf(a) - ISSUE_CODES.indexOf(b);

/** A notification about an incident; `added` are the devices that are new in it. */
function notificationOf(
  kind: NotificationKind,
  incident: Incident,
  { now, newId }: Terms,
  added: Alert[],
): Notification {
  const { id, rule, code, since, devices, codeOf } = incident;
  const all = Object.keys(codeOf);
  const deviceKeys = kind === 'more' ? added.map(({ deviceKey }) => deviceKey) : all;
  const counts = new Map<IssueCode, number>();
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
