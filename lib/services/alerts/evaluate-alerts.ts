import { randomUUID } from 'node:crypto';
import type { AlertRule, Channel, Delivery } from '#lib/domain/alerts/alert.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { AlertDecision, RowChanges, SavedAlerts } from '#lib/store/alerts/alerts.ts';
import type { Alert, AlertState, Incident, Placed } from './alert-state.ts';
import { decide } from './decide.ts';

type Keeping = Pick<ServiceContext, 'store' | 'clock' | 'inventory'>;

/**
 * One pass over what stands: what is to be told is kept, in one transaction with how far the rules have come, and sent by
 * whoever sends. Answers how many notices that made; nothing is told when somebody else decided meanwhile.
 */
export async function evaluateAlerts({ store, clock, inventory }: Keeping): Promise<number> {
  const [rules, channels, kept] = await Promise.all([
    store.alertRules(),
    store.channels(),
    store.savedAlerts(),
  ]);
  const active = activeRules(rules, channels);
  if (active.length === 0 && kept.alerts.size + kept.incidents.size === 0) return 0;
  const now = clock.now();
  const before = stateOf(kept);
  const currentIssues = active.length === 0 ? [] : await placedIssues({ store, inventory });
  const seen = {
    rules: active,
    silences: await store.silences(now),
    currentIssues,
    lastKnown: await lastKnownAmong({ inventory }, [...before.alerts.values(), ...currentIssues]),
  };
  const { state, notifications } = decide(before, seen, now, randomUUID);
  const decided: AlertDecision = {
    alerts: changes(kept.alerts, state.alerts),
    incidents: changes(kept.incidents, state.incidents),
    deliveries: notifications.flatMap(({ notification, channelIds }) =>
      channels
        .filter(({ id }) => channelIds.includes(id))
        .map(
          (channel): Delivery => ({
            id: randomUUID(),
            channelId: channel.id,
            channel: channel.name,
            notification,
            state: 'waiting',
            attempts: 0,
            createdAt: now,
            nextAt: now,
            lastAt: null,
            answer: null,
            fault: null,
            digest: null,
          }),
        ),
    ),
  };
  if (decided.alerts.size + decided.incidents.size + decided.deliveries.length === 0) return 0;
  return (await store.saveAlerts(kept.version, decided)) ? notifications.length : 0;
}

/** Those that are on and have somewhere to tell it. */
export const activeRules = (rules: AlertRule[], channels: Channel[]): AlertRule[] =>
  rules.filter(({ on, channelIds }) => on && channels.some(({ id }) => channelIds.includes(id)));

/** Everything that is wrong now, with where it is in the tree of room groups. */
export async function placedIssues({
  store,
  inventory,
}: Pick<Keeping, 'store' | 'inventory'>): Promise<Placed[]> {
  const [currentIssues, { rooms, groups }] = await Promise.all([store.currentIssues(), inventory.current()]);
  return currentIssues.map((issue) => {
    const groupId = rooms.get(issue.roomId ?? '')?.groupId ?? null;
    return { ...issue, groups: groupId === null ? [] : groups.pathOf(groupId).map(({ id }) => id) };
  });
}

/** Those of some devices whose status may hold no longer. */
async function lastKnownAmong(
  { inventory }: Pick<Keeping, 'inventory'>,
  some: readonly { deviceKey: string }[],
): Promise<ReadonlySet<string>> {
  const { fleet } = await inventory.current();
  return new Set(
    some.map(({ deviceKey }) => deviceKey).filter((deviceKey) => fleet.get(deviceKey)?.current === false),
  );
}

/** What was kept, as it is decided on. */
export const stateOf = ({ alerts, incidents }: SavedAlerts): AlertState => ({
  alerts: new Map([...alerts].map(([key, body]) => [key, JSON.parse(body) as Alert])),
  incidents: new Map([...incidents].map(([id, body]) => [id, JSON.parse(body) as Incident])),
});

function changes(before: Map<string, string>, now: Map<string, object>): RowChanges {
  const changed = new Map<string, string | null>();
  for (const [key, value] of now) {
    const body = JSON.stringify(value);
    if (before.get(key) !== body) changed.set(key, body);
  }
  for (const key of before.keys()) if (!now.has(key)) changed.set(key, null);
  return changed;
}
