import { randomUUID } from 'node:crypto';
import type { From } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import {
  type Channel,
  causesOf,
  type Delivery,
  LIMITS,
  type Quiet,
  type Scope,
} from '#lib/domain/alerts/alert.ts';
import {
  ALARM_STATES,
  type AlarmState,
  type AttentionAnswer,
  type DeliveriesAnswer,
  type RobotSending,
  type ShownAlarm,
  type ShownChannel,
  type ShownDelivery,
  type ShownScope,
} from '#lib/domain/alerts/alerts-answer.ts';
import { isLasting } from '#lib/domain/alerts/delivery-fault.ts';
import { pushForecast, robotPace } from '#lib/domain/alerts/notification-allowance.ts';
import { quietOf, quietsNow } from '#lib/domain/alerts/silence-time.ts';
import { monthAround, monthOf } from '#lib/domain/budget/budget.ts';
import { AppError } from '#lib/domain/errors.ts';
import { FINDING_CODES, severityOf } from '#lib/domain/findings/finding.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import { audited } from '#lib/services/audit/audit.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import type { DeliveryPlace } from '#lib/store/alerts/alert-store.ts';
import { type Alarm, alarmKey } from './alert-state.ts';
import { stateOf } from './evaluate-alerts.ts';

type Needs = Pick<ServiceContext, 'store' | 'clock' | 'inventory' | 'attention' | 'events'>;

/** Who is told of what, what is quiet, and what stands. Throws not-permitted. */
export async function describeAttention(context: Needs, operator: Operator): Promise<AttentionAnswer> {
  assertCan(operator.role, 'manage-attention');
  const { store, clock, inventory, attention } = context;
  const now = clock.now();
  const [channels, rules, quiets, kept, view] = await Promise.all([
    store.channels(),
    store.attentionRules(),
    store.quiets(now),
    store.keptAttention(),
    inventory.current(),
  ]);
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  const { alarms: known, incidents } = stateOf(kept);
  const inForce = quietsNow(quiets, now);
  const alarms = [...known.values()]
    .filter(
      ({ raisedAt, absentSince, ruleId }) => names.has(ruleId) && (raisedAt !== null || absentSince === null),
    )
    .map((alarm) =>
      shownAlarm(alarm, {
        rule: names.get(alarm.ruleId) ?? '',
        quiet: quietOf(inForce, alarm, alarm.code),
        told: (incidents.get(alarm.incidentId ?? '')?.toldAt ?? null) !== null,
      }),
    )
    .sort(byWeight);
  return {
    at: iso(now),
    mail: attention.senders.mail !== null,
    loopback: attention.reach.loopback,
    robots: await robotSending(context, now),
    channels: await Promise.all(channels.map((channel) => shownChannel(context, channel))),
    rules: rules.map(({ id, name, on, which, scope, raiseAfterMs, clearAfterMs, channelIds }) => ({
      ruleId: id,
      name,
      on,
      channelIds,
      codes: 'codes' in which ? causesOf(which.codes) : null,
      least: 'least' in which ? which.least : null,
      scope: shownScope(scope, view),
      raiseAfterSeconds: raiseAfterMs / 1_000,
      clearAfterSeconds: clearAfterMs / 1_000,
    })),
    quiets: quiets.map((quiet) => ({
      quietId: quiet.id,
      scope: shownScope(quiet.scope, view),
      codes: quiet.codes && causesOf(quiet.codes),
      when: shownTime(quiet.when),
      now: inForce.includes(quiet),
      reason: quiet.reason,
      by: quiet.by,
    })),
    alarms: alarms.slice(0, LIMITS.listed),
    alarmCount: alarms.length,
    groups: groupsOf(view),
  };
}

/** What was sent, newest first. Throws not-permitted. */
export async function listDeliveries(
  { store, clock }: Pick<Needs, 'store' | 'clock'>,
  operator: Operator,
  { before, limit }: { before: DeliveryPlace | null; limit: number },
): Promise<DeliveriesAnswer> {
  assertCan(operator.role, 'manage-attention');
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
 * Has a notification sent once more. A robot gets it under a new id, because DingTalk shows a repeated one once; other
 * receivers get it under the id it had. Throws not-permitted, invalid-question.not-there.
 */
export async function sendAgain(
  { store, clock, audit }: Pick<ServiceContext, 'store' | 'clock' | 'audit'>,
  operator: Operator,
  id: string,
  from: From,
): Promise<void> {
  assertCan(operator.role, 'manage-attention');
  const delivery = await store.deliveryById(id);
  // A test is pressed again where it was pressed.
  if (!delivery || delivery.notice.kind === 'test') throw new AppError('invalid-question.not-there');
  if (delivery.state === 'waiting' && delivery.nextAt !== null && delivery.nextAt <= clock.now()) return;
  const deed = { by: operator, from, action: 'sent-again', about: delivery.channel } as const;
  await audited({ audit }, { ...deed, target: { kind: 'delivery', id } }, async () => {
    await store.gatherDigest([id], randomUUID());
    const news = { ...delivery, state: 'waiting', nextAt: clock.now(), fault: null } as const;
    await store.noteDeliveries(new Map([[id, news]]), null);
  });
}

async function shownChannel({ store, attention }: Needs, channel: Channel): Promise<ShownChannel> {
  const { id, kind, name, locale, zone, shown } = channel;
  const [kept, last] = await Promise.all([store.channelById(id), store.lastAttempt(id)]);
  const readable = kept !== null && attention.seal.open(id, kept.sealed) !== null;
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

type Around = { rule: string; quiet: Quiet | undefined; told: boolean };

function shownAlarm(alarm: Alarm, { rule, quiet, told }: Around): ShownAlarm {
  const { code, deviceKey, deviceId, name, roomId, roomName } = alarm;
  return {
    key: alarmKey(alarm),
    rule,
    code,
    severity: severityOf(code),
    state: stateShown(alarm, quiet, told),
    device: { deviceKey, deviceId, name },
    room: roomId === null ? null : { id: roomId, name: roomName },
    since: iso(alarm.since),
    quiet: quiet?.reason ?? null,
  };
}

/** What was raised and still gathers is told to nobody yet. */
function stateShown({ absentSince, flapping }: Alarm, quiet: Quiet | undefined, told: boolean): AlarmState {
  if (quiet) return 'quiet';
  if (!told) return 'waiting';
  if (flapping) return 'flapping';
  return absentSince === null ? 'told' : 'clearing';
}

/** What is told first, of that the worst, of that the newest. */
const byWeight = (a: ShownAlarm, b: ShownAlarm) =>
  ALARM_STATES.indexOf(a.state) - ALARM_STATES.indexOf(b.state) ||
  FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code) ||
  (a.since < b.since ? 1 : -1);

function shownScope(scope: Scope, { groups, rooms, fleet }: InventoryView): ShownScope {
  return {
    everything: scope.everything,
    groups: scope.groups.map((id) => ({ id, name: groups.get(id)?.name ?? null })),
    rooms: scope.rooms.map((id) => ({ id, name: rooms.get(id)?.room.name ?? null })),
    devices: scope.devices.map((id) => ({ id, name: fleet.get(id)?.device.name ?? null })),
  };
}

const shownTime = (when: Quiet['when']) =>
  when.kind === 'once' ? { ...when, from: iso(when.from), until: iso(when.until) } : when;

/** Below each group its own, in the order of the list. */
function groupsOf({ groups }: InventoryView): AttentionAnswer['groups'] {
  return groups.all
    .map((group) => ({ group, path: groups.pathOf(group.id) }))
    .sort((a, b) => pathText(a.path).localeCompare(pathText(b.path), 'zh', { numeric: true }))
    .map(({ group: { id, name }, path }) => ({ id, name, depth: path.length - 1 }));
}

const pathText = (path: { id: string; name: string | null }[]) =>
  path.map(({ id, name }) => `${name ?? ''}\u0000${id}`).join('\u0001');

function shownDelivery({ id, channel, notice, state, attempts, ...times }: Delivery): ShownDelivery {
  const { kind, code, rule, total, devices } = notice;
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
