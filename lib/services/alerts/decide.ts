import { type AttentionRule, causeOf, isAbout, isIn } from '#lib/domain/alerts/alert.ts';
import { quietOf, quietsNow } from '#lib/domain/alerts/silence-time.ts';
import { FINDING_CODES } from '#lib/domain/findings/finding.ts';
import {
  type Alarm,
  type AttentionState,
  alarmKey,
  type Decision,
  FLAP_WINDOW_MS,
  type Placed,
  QUIET_AFTER_MS,
  type Seen,
  UNSTABLE_BEGINS,
  UNSTABLE_RAISES,
} from './alert-state.ts';
import { joinIncident, leaveIncident, tellIncidents } from './incidents.ts';

/**
 * What is to be told now, and what is to be remembered: nothing but its arguments decides, so that whoever asks again
 * after a crash, from what was kept, decides the same. Nothing that it is given is changed.
 */
export function decide(before: AttentionState, seen: Seen, now: number, newId: () => string): Decision {
  const state: AttentionState = {
    alarms: new Map([...before.alarms].map(([key, alarm]) => [key, { ...alarm }])),
    incidents: new Map([...before.incidents].map(([id, incident]) => [id, { ...incident }])),
  };
  const rules = new Map(seen.rules.map((rule) => [rule.id, rule]));
  const { met, swallowed } = matches(state, seen, now);
  const inForce = quietsNow(seen.quiets, now);
  const isQuiet = (alarm: Alarm) => quietOf(inForce, alarm, alarm.code) !== undefined;
  const stands = new Set(seen.standing.map(({ deviceKey, code }) => `${causeOf(code)} ${deviceKey}`));
  for (const [key, alarm] of state.alarms) {
    const rule = rules.get(alarm.ruleId);
    const found = met.get(key);
    if (rule && swallowed.has(key)) continue;
    // A rule that is off, or that is no longer about it, says nothing more of it: it is not over.
    if (!rule || (!found && stands.has(`${alarm.cause} ${alarm.deviceKey}`))) state.alarms.delete(key);
    else {
      const hasBegun = turn(alarm, found?.finding, now);
      if (isQuiet(alarm)) continue;
      settle(state, alarm, rule, now);
      if (!hasBegun || alarm.raisedAt === null || alarm.flapping) continue;
      if (alarm.begins.length < UNSTABLE_BEGINS) continue;
      becomeUnstable(state, alarm);
      joinIncident(state, alarm, rule, now, newId);
    }
  }
  for (const [key, { rule, finding }] of met) {
    const alarm = state.alarms.get(key) ?? newAlarm(rule, finding);
    state.alarms.set(key, alarm);
    if (alarm.raisedAt !== null || now - alarm.since < rule.raiseAfterMs || isQuiet(alarm)) continue;
    raise(alarm, now);
    joinIncident(state, alarm, rule, now, newId);
  }
  const notices = tellIncidents(state, { now, newId, isQuiet, isRule: (id) => rules.has(id) });
  for (const [key, { raisedAt, absentSince, raises, begins }] of state.alarms) {
    const isPast = raisedAt === null && absentSince !== null;
    if (isPast && ![...raises, ...begins].some((at) => isLately(at, now))) state.alarms.delete(key);
  }
  return { state, notices };
}

type Met = { rule: AttentionRule; finding: Placed };

/** What each rule is about of what stands: one for each cause at a device, by its worst name and since its first. */
function matches(
  state: AttentionState,
  { rules, standing }: Seen,
  now: number,
): { met: Map<string, Met>; swallowed: Set<string> } {
  const met = new Map<string, Met>();
  for (const rule of rules) {
    for (const finding of standing) {
      if (!isAbout(rule.which, finding.code) || !isIn(rule.scope, finding)) continue;
      const key = keyOf(rule, finding);
      const known = met.get(key)?.finding;
      if (!known) met.set(key, { rule, finding });
      else {
        const [worst] = [known, finding].sort((a, b) => rankOf(a) - rankOf(b)) as [Placed, Placed];
        met.set(key, { rule, finding: { ...worst, since: Math.min(known.since, finding.since) } });
      }
    }
  }
  return { met, swallowed: swallow(state, met, now) };
}

/**
 * DingTalk's alarm about a device that is offline tells the same once more: one cause, by whichever name came first. Of the
 * alarm only its history stays, so that it is not told as new when it outlasts the outage. Answers the keys of such alarms.
 */
function swallow(state: AttentionState, met: Map<string, Met>, now: number): Set<string> {
  const swallowed = new Set<string>();
  for (const [key, { rule, finding }] of met) {
    if (finding.code !== 'alarm-open') continue;
    const offline = alarmKey({ ruleId: rule.id, deviceKey: finding.deviceKey, cause: 'offline' });
    const other = state.alarms.get(offline);
    if (!met.has(offline) && (other?.raisedAt ?? null) === null) continue;
    const told = state.alarms.get(key);
    met.delete(key);
    if (!told) continue;
    swallowed.add(key);
    const absentSince = told.absentSince ?? now;
    state.alarms.set(key, { ...told, raisedAt: null, incidentId: null, flapping: false, absentSince });
    // What was told as an alarm goes on under the name of its cause.
    if (told.raisedAt !== null && (other?.raisedAt ?? null) === null) {
      state.alarms.set(offline, {
        ...told,
        cause: 'offline',
        raises: [...told.raises, ...(other?.raises ?? [])],
        begins: [...told.begins, ...(other?.begins ?? [])],
      });
    }
  }
  return swallowed;
}

const rankOf = ({ code }: Placed) => FINDING_CODES.indexOf(code);

const keyOf = ({ id }: AttentionRule, { deviceKey, code }: Placed) =>
  alarmKey({ ruleId: id, deviceKey, cause: causeOf(code) });

const isLately = (at: number, now: number) => at > now - FLAP_WINDOW_MS && at <= now;

const newAlarm = ({ id }: AttentionRule, finding: Placed): Alarm => ({
  ruleId: id,
  deviceKey: finding.deviceKey,
  deviceId: finding.deviceId,
  name: finding.name,
  roomId: finding.roomId,
  roomName: finding.roomName,
  groups: finding.groups,
  cause: causeOf(finding.code),
  code: finding.code,
  since: finding.since,
  foundSince: finding.since,
  raisedAt: null,
  incidentId: null,
  absentSince: null,
  turnedAt: finding.since,
  raises: [],
  begins: [finding.since],
  flapping: false,
});

/** Records that an issue began or ended, and which code it has now; answers whether it began. */
function turn(alarm: Alarm, found: Placed | undefined, now: number): boolean {
  if (!found) {
    if (alarm.absentSince !== null) return false;
    alarm.absentSince = now;
    alarm.turnedAt = now;
    return false;
  }
  const { deviceId, name, roomId, roomName, groups, code } = found;
  // Begun anew under the name it had: it was gone in between. Under another name it goes on.
  const isAnew = alarm.absentSince !== null || (code === alarm.code && found.since > alarm.foundSince);
  if (alarm.absentSince !== null) alarm.turnedAt = now;
  alarm.since = isAnew && alarm.raisedAt === null ? found.since : Math.min(alarm.since, found.since);
  alarm.absentSince = null;
  Object.assign(alarm, { deviceId, name, roomId, roomName, groups, code, foundSince: found.since });
  if (isAnew) alarm.begins = [...alarm.begins.filter((at) => isLately(at, now)), Math.min(found.since, now)];
  return isAnew;
}

function raise(alarm: Alarm, now: number): void {
  alarm.raises = [...alarm.raises.filter((at) => isLately(at, now)), now];
  alarm.raisedAt = now;
  alarm.turnedAt = Math.min(alarm.turnedAt, now);
  alarm.flapping =
    alarm.raises.length >= UNSTABLE_RAISES || countLately(alarm.begins, now) >= UNSTABLE_BEGINS;
}

const countLately = (times: readonly number[], now: number) => times.filter((at) => isLately(at, now)).length;

/** Takes an alert that was raised out of its notification: what follows is told as an unstable connection. */
function becomeUnstable({ incidents }: AttentionState, alarm: Alarm): void {
  const incident = incidents.get(alarm.incidentId ?? '');
  if (incident) leaveIncident(incident, alarm);
  alarm.incidentId = null;
  alarm.flapping = true;
}

/** Resolves what has been gone for long enough; an unstable connection only when it has been stable for long enough. */
function settle(state: AttentionState, alarm: Alarm, rule: AttentionRule, now: number): void {
  if (alarm.raisedAt === null) return;
  if (alarm.flapping) {
    if (now - alarm.turnedAt < QUIET_AFTER_MS) return;
    alarm.flapping = false;
    if (alarm.absentSince === null) return;
  } else if (alarm.absentSince === null || now - alarm.absentSince < rule.clearAfterMs) return;
  const incident = state.incidents.get(alarm.incidentId ?? '');
  if (incident) incident.cleared = true;
  alarm.raisedAt = null;
  alarm.incidentId = null;
}
