import { randomUUID } from 'node:crypto';
import type {
  AlertsAnswer,
  DeliveriesAnswer,
  RobotSending,
  ShownAlert,
  ShownChannel,
  ShownDelivery,
  ShownScope,
} from '#lib/api/alerts/alert-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import {
  type ActiveAlertState,
  ALERT_STATES,
  type Channel,
  causesOf,
  type Delivery,
  LIMITS,
  type Scope,
  type Silence,
} from '#lib/domain/alerts/alert.ts';
import { isLasting } from '#lib/domain/alerts/delivery-fault.ts';
import { pushForecast, robotPace } from '#lib/domain/alerts/notification-allowance.ts';
import { activeSilences, silenceOf } from '#lib/domain/alerts/silence-time.ts';
import { monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import { AppError } from '#lib/domain/errors.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import { ISSUE_CODES, severityOf } from '#lib/domain/issues/issue.ts';
import { audited } from '#lib/services/audit/audit.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import type { DeliveryPlace } from '#lib/store/alerts/deliveries.ts';
import { type Alert, alertKey } from './alert-state.ts';
import { stateOf } from './evaluate-alerts.ts';

type Needs = Pick<ServiceContext, 'store' | 'clock' | 'inventory' | 'alerts' | 'events'>;

/** Describes channels, rules, silences and active alerts. Throws not-permitted. */
export async function describeAlerts(context: Needs, operator: Operator): Promise<AlertsAnswer> {
  assertCan(operator.role, 'manage-alerts');
  const { store, clock, inventory } = context;
  const now = clock.now();
  const [channels, rules, silences, kept, view] = await Promise.all([
    store.channels(),
    store.alertRules(),
    store.silences(now),
    store.savedAlerts(),
    inventory.current(),
  ]);
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  const { alerts: known, incidents } = stateOf(kept);
  const inForce = activeSilences(silences, now);
  const alerts = [...known.values()]
    .filter(
      ({ raisedAt, absentSince, ruleId }) => names.has(ruleId) && (raisedAt !== null || absentSince === null),
    )
    .map((alert) =>
      shownAlert(alert, {
        rule: names.get(alert.ruleId) ?? '',
        silence: silenceOf(inForce, alert, alert.code),
        notified: (incidents.get(alert.incidentId ?? '')?.notifiedAt ?? null) !== null,
      }),
    )
    .sort(byWeight);
  return {
    at: iso(now),
    mail: context.alerts.senders.mail !== null,
    loopback: context.alerts.reach.loopback,
    robots: await robotSending(context, now),
    channels: await Promise.all(channels.map((channel) => shownChannel(context, channel))),
    rules: rules.map(({ id, name, on, which, scope, raiseAfterMs, resolveAfterMs, channelIds }) => ({
      ruleId: id,
      name,
      on,
      channelIds,
      codes: 'codes' in which ? causesOf(which.codes) : null,
      least: 'least' in which ? which.least : null,
      scope: shownScope(scope, view),
      raiseAfterSeconds: raiseAfterMs / 1_000,
      resolveAfterSeconds: resolveAfterMs / 1_000,
    })),
    silences: silences.map((silence) => ({
      silenceId: silence.id,
      scope: shownScope(silence.scope, view),
      codes: silence.codes && causesOf(silence.codes),
      when: shownTime(silence.when),
      now: inForce.includes(silence),
      reason: silence.reason,
      by: silence.by,
    })),
    alerts: alerts.slice(0, LIMITS.listed),
    alertCount: alerts.length,
    groups: groupsOf(view),
  };
}

/** Lists deliveries, newest first. Throws not-permitted. */
export async function listDeliveries(
  { store, clock }: Pick<Needs, 'store' | 'clock'>,
  operator: Operator,
  { before, limit }: { before: DeliveryPlace | null; limit: number },
): Promise<DeliveriesAnswer> {
  assertCan(operator.role, 'manage-alerts');
  const rows = await store.deliveries(before, limit + 1);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    at: iso(clock.now()),
    items: items.map(shownDelivery),
    nextCursor: last ? `${last.createdAt}.${last.id}` : null,
  };
}

/**
 * Sends a notification again. A robot gets it under a new ID, because DingTalk shows a repeated one once; other receivers
 * get it under its old ID. Throws not-permitted, invalid-question.not-there.
 */
export async function sendAgain(
  { store, clock, audit }: Pick<ServiceContext, 'store' | 'clock' | 'audit'>,
  { operator, source }: Caller,
  id: string,
): Promise<void> {
  assertCan(operator.role, 'manage-alerts');
  const delivery = await store.deliveryById(id);
  // Tests are repeated from their channel.
  if (!delivery || delivery.notification.kind === 'test') throw new AppError('invalid-question.not-there');
  if (delivery.state === 'waiting' && delivery.nextAt !== null && delivery.nextAt <= clock.now()) return;
  const auditEntry = { by: operator, source, action: 'sent-again', about: delivery.channel } as const;
  await audited({ audit }, { ...auditEntry, target: { kind: 'delivery', id } }, async () => {
    await store.gatherDigest([id], randomUUID());
    const news = { ...delivery, state: 'waiting', nextAt: clock.now(), fault: null } as const;
    await store.noteDeliveries(new Map([[id, news]]), null);
  });
}

async function shownChannel({ store, alerts }: Needs, channel: Channel): Promise<ShownChannel> {
  const { id, kind, name, locale, zone, shown } = channel;
  const [kept, last] = await Promise.all([store.channelById(id), store.lastAttempt(id)]);
  const readable = kept !== null && alerts.seal.open(id, kept.sealed) !== null;
  const { fault: code = null, lastAt = null, answer = null } = last ?? {};
  return {
    channelId: id,
    kind,
    name,
    locale,
    zone,
    shown,
    readable,
    fault: code && lastAt !== null ? { code, lasting: isLasting(code), at: iso(lastAt), answer } : null,
  };
}

async function robotSending({ store, events }: Needs, now: number): Promise<RobotSending> {
  const pushes = await store.pushes(monthOf(now));
  const pace = robotPace(pushes, events.monthly, now);
  return {
    mode: pace.mode,
    everyMinutes: pace.mode === 'digest' ? pace.everyMs / 60_000 : null,
    used: pushes.total,
    limit: events.monthly,
    endsAt: isoOrNull(pushForecast(pushes, events.monthly, now).endsAt),
    renewedAt: iso(monthAround(now).to),
  };
}

type Around = { rule: string; silence: Silence | undefined; notified: boolean };

function shownAlert(alert: Alert, { rule, silence, notified }: Around): ShownAlert {
  const { code, deviceKey, deviceId, name, roomId, roomName } = alert;
  return {
    key: alertKey(alert),
    rule,
    code,
    severity: severityOf(code),
    state: stateShown(alert, silence, notified),
    device: { deviceKey, deviceId, name },
    room: roomId === null ? null : { id: roomId, name: roomName },
    since: iso(alert.since),
    silence: silence?.reason ?? null,
  };
}

/** An alert that is not notified yet waits to be grouped with others. */
function stateShown(
  { absentSince, flapping }: Alert,
  silence: Silence | undefined,
  notified: boolean,
): ActiveAlertState {
  if (silence) return 'silenced';
  if (!notified) return 'waiting';
  if (flapping) return 'flapping';
  return absentSince === null ? 'notified' : 'resolving';
}

/** By state, then the most severe first, then the newest first. */
const byWeight = (a: ShownAlert, b: ShownAlert) =>
  ALERT_STATES.indexOf(a.state) - ALERT_STATES.indexOf(b.state) ||
  ISSUE_CODES.indexOf(a.code) - ISSUE_CODES.indexOf(b.code) ||
  (a.since < b.since ? 1 : -1);

function shownScope(scope: Scope, { groups, rooms, fleet }: InventoryView): ShownScope {
  return {
    everything: scope.everything,
    groups: scope.groups.map((id) => ({ id, name: groups.get(id)?.name ?? null })),
    rooms: scope.rooms.map((id) => ({ id, name: rooms.get(id)?.room.name ?? null })),
    devices: scope.devices.map((id) => ({ id, name: fleet.get(id)?.device.name ?? null })),
  };
}

const shownTime = (when: Silence['when']) =>
  when.kind === 'once' ? { ...when, from: iso(when.from), until: iso(when.until) } : when;

/** Below each group its own, in the order of the list. */
function groupsOf({ groups }: InventoryView): AlertsAnswer['groups'] {
  return groups.all
    .map((group) => ({ group, path: groups.pathOf(group.id) }))
    .sort((a, b) => pathText(a.path).localeCompare(pathText(b.path), 'zh', { numeric: true }))
    .map(({ group: { id, name }, path }) => ({ id, name, depth: path.length - 1 }));
}

const pathText = (path: { id: string; name: string | null }[]) =>
  path.map(({ id, name }) => `${name ?? ''}\u0000${id}`).join('\u0001');

function shownDelivery({ id, channel, notification, state, attempts, ...times }: Delivery): ShownDelivery {
  const { kind, code, rule, total, devices } = notification;
  const [first] = devices;
  return {
    deliveryId: id,
    channel,
    kind,
    code,
    rule,
    total,
    state,
    attempts,
    answer: times.answer,
    device: first ? { deviceId: first.deviceId, name: first.name } : null,
    createdAt: iso(times.createdAt),
    lastAt: isoOrNull(times.lastAt),
    nextAt: isoOrNull(times.nextAt),
  };
}
