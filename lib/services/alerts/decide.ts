import { type AlertRule, causeOf, isAbout, isIn } from '#lib/domain/alerts/alert.ts';
import { activeSilences, silenceOf } from '#lib/domain/alerts/silence-time.ts';
import { ISSUE_CODES, type IssueCode, restsOnStatus } from '#lib/domain/issues/issue.ts';
import {
  type Alert,
  type AlertInput,
  type AlertState,
  alertKey,
  type Decision,
  FLAP_WINDOW_MS,
  type Placed,
  STABLE_AFTER_MS,
  UNSTABLE_BEGINS,
  UNSTABLE_RAISES,
} from './alert-state.ts';
import { joinIncident, leaveIncident, notifyIncidents } from './incidents.ts';

/**
 * What is to be told now, and what is to be remembered: nothing but its arguments decides, so that whoever asks again
 * after a crash, from what was kept, decides the same. Nothing that it is given is changed.
 */
export function decide(before: AlertState, seen: AlertInput, now: number, newId: () => string): Decision {
  const state: AlertState = {
    alerts: new Map([...before.alerts].map(([key, alert]) => [key, { ...alert }])),
    incidents: new Map([...before.incidents].map(([id, incident]) => [id, { ...incident }])),
  };
  const rules = new Map(seen.rules.map((rule) => [rule.id, rule]));
  const { met, swallowed } = matches(state, seen, now);
  // What nothing vouches for neither raises nor resolves: what was decided before stands until the next check or event.
  const isHeld = ({ deviceKey, code }: { deviceKey: string; code: IssueCode }) =>
    restsOnStatus(code) && seen.lastKnown.has(deviceKey);
  const inForce = activeSilences(seen.silences, now);
  const isSilenced = (alert: Alert) => silenceOf(inForce, alert, alert.code) !== undefined;
  const current = new Set(seen.currentIssues.map(({ deviceKey, code }) => `${causeOf(code)} ${deviceKey}`));
  for (const [key, alert] of state.alerts) {
    const rule = rules.get(alert.ruleId);
    const found = met.get(key);
    if (rule && swallowed.has(key)) continue;
    // A rule that is off, or that is no longer about it, says nothing more of it: it is not over.
    if (!rule || (!found && current.has(`${alert.cause} ${alert.deviceKey}`))) state.alerts.delete(key);
    else {
      if (!found && isHeld(alert)) continue;
      const hasBegun = turn(alert, found?.issue, now);
      if (isSilenced(alert) || isHeld(alert)) continue;
      settle(state, alert, rule, now);
      if (!hasBegun || alert.raisedAt === null || alert.flapping) continue;
      if (alert.begins.length < UNSTABLE_BEGINS) continue;
      becomeUnstable(state, alert);
      joinIncident(state, alert, rule, now, newId);
    }
  }
  for (const [key, { rule, issue }] of met) {
    const alert = state.alerts.get(key) ?? newAlert(rule, issue);
    state.alerts.set(key, alert);
    if (alert.raisedAt !== null || now - alert.since < rule.raiseAfterMs || isSilenced(alert)) continue;
    if (isHeld(alert)) continue;
    raise(alert, now);
    joinIncident(state, alert, rule, now, newId);
  }
  const notifications = notifyIncidents(state, { now, newId, isSilenced, isRule: (id) => rules.has(id) });
  for (const [key, { raisedAt, absentSince, raises, begins }] of state.alerts) {
    const isPast = raisedAt === null && absentSince !== null;
    if (isPast && ![...raises, ...begins].some((at) => isLately(at, now))) state.alerts.delete(key);
  }
  return { state, notifications };
}

type Met = { rule: AlertRule; issue: Placed };

/** What each rule is about of what stands: one for each cause at a device, by its worst name and since its first. */
function matches(
  state: AlertState,
  { rules, currentIssues }: AlertInput,
  now: number,
): { met: Map<string, Met>; swallowed: Set<string> } {
  const met = new Map<string, Met>();
  for (const rule of rules) {
    for (const issue of currentIssues) {
      if (!isAbout(rule.which, issue.code) || !isIn(rule.scope, issue)) continue;
      const key = keyOf(rule, issue);
      const known = met.get(key)?.issue;
      if (!known) met.set(key, { rule, issue });
      else {
        const [worst] = [known, issue].sort((a, b) => rankOf(a) - rankOf(b)) as [Placed, Placed];
        met.set(key, { rule, issue: { ...worst, since: Math.min(known.since, issue.since) } });
      }
    }
  }
  return { met, swallowed: swallow(state, met, now) };
}

/**
 * DingTalk's alarm about a device that is offline tells the same once more: one cause, by whichever name came first. Of the
 * alarm only its history stays, so that it is not told as new when it outlasts the outage. Answers the keys of such alarms.
 */
function swallow(state: AlertState, met: Map<string, Met>, now: number): Set<string> {
  const swallowed = new Set<string>();
  for (const [key, { rule, issue }] of met) {
    if (issue.code !== 'alarm-open') continue;
    const offline = alertKey({ ruleId: rule.id, deviceKey: issue.deviceKey, cause: 'offline' });
    const other = state.alerts.get(offline);
    if (!met.has(offline) && (other?.raisedAt ?? null) === null) continue;
    const notified = state.alerts.get(key);
    met.delete(key);
    if (!notified) continue;
    swallowed.add(key);
    const absentSince = notified.absentSince ?? now;
    state.alerts.set(key, { ...notified, raisedAt: null, incidentId: null, flapping: false, absentSince });
    // What was told as an alarm goes on under the name of its cause.
    if (notified.raisedAt !== null && (other?.raisedAt ?? null) === null) {
      state.alerts.set(offline, {
        ...notified,
        cause: 'offline',
        raises: [...notified.raises, ...(other?.raises ?? [])],
        begins: [...notified.begins, ...(other?.begins ?? [])],
      });
    }
  }
  return swallowed;
}

const rankOf = ({ code }: Placed) => ISSUE_CODES.indexOf(code);

const keyOf = ({ id }: AlertRule, { deviceKey, code }: Placed) =>
  alertKey({ ruleId: id, deviceKey, cause: causeOf(code) });

const isLately = (at: number, now: number) => at > now - FLAP_WINDOW_MS && at <= now;

const newAlert = ({ id }: AlertRule, issue: Placed): Alert => ({
  ruleId: id,
  deviceKey: issue.deviceKey,
  deviceId: issue.deviceId,
  name: issue.name,
  roomId: issue.roomId,
  roomName: issue.roomName,
  groups: issue.groups,
  cause: causeOf(issue.code),
  code: issue.code,
  since: issue.since,
  foundSince: issue.since,
  raisedAt: null,
  incidentId: null,
  absentSince: null,
  turnedAt: issue.since,
  raises: [],
  begins: [issue.since],
  flapping: false,
});

/** Records that an issue began or ended, and which code it has now; answers whether it began. */
function turn(alert: Alert, found: Placed | undefined, now: number): boolean {
  if (!found) {
    if (alert.absentSince !== null) return false;
    alert.absentSince = now;
    alert.turnedAt = now;
    return false;
  }
  const { deviceId, name, roomId, roomName, groups, code } = found;
  // Begun anew under the name it had: it was gone in between. Under another name it goes on.
  const isAnew = alert.absentSince !== null || (code === alert.code && found.since > alert.foundSince);
  if (alert.absentSince !== null) alert.turnedAt = now;
  alert.since = isAnew && alert.raisedAt === null ? found.since : Math.min(alert.since, found.since);
  alert.absentSince = null;
  Object.assign(alert, { deviceId, name, roomId, roomName, groups, code, foundSince: found.since });
  if (isAnew) alert.begins = [...alert.begins.filter((at) => isLately(at, now)), Math.min(found.since, now)];
  return isAnew;
}

function raise(alert: Alert, now: number): void {
  alert.raises = [...alert.raises.filter((at) => isLately(at, now)), now];
  alert.raisedAt = now;
  alert.turnedAt = Math.min(alert.turnedAt, now);
  alert.flapping =
    alert.raises.length >= UNSTABLE_RAISES || countLately(alert.begins, now) >= UNSTABLE_BEGINS;
}

const countLately = (times: readonly number[], now: number) => times.filter((at) => isLately(at, now)).length;

/** Takes an alert that was raised out of its notification: what follows is told as an unstable connection. */
function becomeUnstable({ incidents }: AlertState, alert: Alert): void {
  const incident = incidents.get(alert.incidentId ?? '');
  if (incident) leaveIncident(incident, alert);
  alert.incidentId = null;
  alert.flapping = true;
}

/** Resolves what has been gone for long enough; an unstable connection only when it has been stable for long enough. */
function settle(state: AlertState, alert: Alert, rule: AlertRule, now: number): void {
  if (alert.raisedAt === null) return;
  if (alert.flapping) {
    if (now - alert.turnedAt < STABLE_AFTER_MS) return;
    alert.flapping = false;
    if (alert.absentSince === null) return;
  } else if (alert.absentSince === null || now - alert.absentSince < rule.resolveAfterMs) return;
  const incident = state.incidents.get(alert.incidentId ?? '');
  if (incident) incident.resolved = true;
  alert.raisedAt = null;
  alert.incidentId = null;
}
