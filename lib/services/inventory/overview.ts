import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { lastUpdateOf } from '#lib/domain/devices/last-update.ts';
import { EVERY_DEVICE } from '#lib/domain/inventory/fleet-filter.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import { type IssueCode, isIssueCode, severityOf } from '#lib/domain/issues/issue.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { sharedAttributes } from '#lib/services/issues/shared-attributes.ts';
import type { FleetIndex } from './index/fleet-index.ts';
import type { InventoryView } from './inventory.ts';
import { type Showing, shownDevice } from './shown-row.ts';

type Context = Pick<ServiceContext, 'store' | 'clock' | 'inventory' | 'events'>;

const DAY_MS = 24 * 60 * 60_000;
/** A day is 96 of these. */
const TREND_STEP_MS = 15 * 60_000;
const TREND_KEPT_MS = 31 * DAY_MS;
/** As many as fit on one screen; the list has the others. */
const MOST_ITEMS = 12;
const MOST_COMMON = 3;

/**
 * The start page, from memory: which devices need attention, the most severe first, what they have in common, and how
 * their number changed in the last 24 hours. Never calls DingTalk.
 */
export async function getOverview(context: Context, operator: Operator): Promise<OverviewAnswer> {
  const { store, clock, inventory } = context;
  const now = clock.now();
  const trend = await store.deviceCountsSince(now - DAY_MS);
  const view = await inventory.current();
  const { fleet } = view;
  const { critical, warning, info, offline, lastKnown } = countsOf(fleet);
  const showing: Showing = { view, role: operator.role, now };
  return {
    known: fleet.known,
    critical,
    warning,
    info,
    offline,
    lastKnown,
    events: { transport: context.events.transport, vouchedSince: isoOrNull(fleet.judged.vouchedSince) },
    updated: updatedIn(fleet, showing),
    items: itemsOf(fleet, showing),
    common: await commonOf(context, operator, fleet),
    trend: [...trend, { at: now, known: fleet.known, offline, attention: critical + warning }].map(
      ({ at, offline, attention }) => ({ at: iso(at), offline, attention }),
    ),
  };
}

/** Stores how many devices are offline and need attention, once in 15 minutes. */
export async function recordDeviceCounts({
  store,
  clock,
  inventory,
}: Omit<Context, 'events'>): Promise<void> {
  const now = clock.now();
  const at = now - (now % TREND_STEP_MS);
  const { fleet } = await inventory.current();
  const { critical, warning, offline } = countsOf(fleet);
  const counts = { at, known: fleet.known, offline, attention: critical + warning };
  await store.recordDeviceCounts(counts, at - TREND_KEPT_MS);
}

const everyDevice = (fleet: FleetIndex, issue: string[] = []) =>
  fleet.match({
    facets: { ...EVERY_DEVICE.facets, issue },
    room: null,
    words: [],
    keys: new Set(),
  });

function countsOf(fleet: FleetIndex) {
  const { facets } = everyDevice(fleet);
  const of = (facet: 'issue' | 'status', value: string) =>
    facets[facet].find((each) => each.value === value)?.count ?? 0;
  return {
    critical: of('issue', '(critical)'),
    warning: of('issue', '(warning)'),
    info: of('issue', '(info)'),
    offline: of('status', 'offline'),
    lastKnown: of('status', 'last-known'),
  };
}

function itemsOf(fleet: FleetIndex, showing: Showing): OverviewAnswer['items'] {
  const { passes } = everyDevice(fleet, ['(critical)', '(warning)']);
  return fleet.page('severity', null, MOST_ITEMS, passes).rows.map((row) => ({
    device: shownDevice(showing, row),
    path: pathOf(showing.view, row.device.roomId),
  }));
}

const pathOf = ({ rooms }: InventoryView, roomId: string | null) =>
  (roomId === null ? null : rooms.get(roomId)?.path) ?? [];

function updatedIn(fleet: FleetIndex, showing: Showing): OverviewAnswer['updated'] {
  const [newest] = fleet.page('-seen', null, 1, everyDevice(fleet).passes).rows;
  const update = newest && lastUpdateOf(shownDevice(showing, newest));
  return update ? { at: update.at, ageMs: update.ageMs } : null;
}

/** Information is left out: it needs no attention. */
async function commonOf(context: Context, operator: Operator, fleet: FleetIndex) {
  const codes = everyDevice(fleet)
    .facets.issue.filter(({ count }) => count > 1)
    .map(({ value }) => value)
    .filter((value): value is IssueCode => value !== null && isIssueCode(value))
    .filter((code) => severityOf(code) !== 'info');
  const common: OverviewAnswer['common'] = [];
  for (const code of codes) {
    if (common.length === MOST_COMMON) break;
    const answer = await sharedAttributes(context, operator, code);
    if (answer.common.length > 0) common.push(answer);
  }
  return common;
}
