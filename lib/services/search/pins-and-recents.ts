import { randomUUID } from 'node:crypto';
import type { PinsAndRecents, SavedView } from '#lib/api/search/search-answers.ts';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { mayNameDevice } from '#lib/domain/devices/union-id.ts';
import { CHECK_AFTER_MS } from '#lib/domain/discovery/polling-schedule.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { isSpared } from '#lib/services/devices/freshness.ts';
import { type Showing, shownDevice, shownRoom } from '#lib/services/inventory/shown-row.ts';
import type { Pin, SavedView as StoredView } from '#lib/store/search/pins-and-recents.ts';

const VISITED = 8;
/** More than anybody finds their way in; all of them are read with every start page. */
export const MAX_PINS = 200;
export const MAX_VIEWS = 100;

/** What a person keeps at hand, as they may see it; what is not known any more is left out. */
export async function getPinsAndRecents(
  { store, inventory, clock }: Pick<ServiceContext, 'store' | 'inventory' | 'clock'>,
  { subject, role }: Operator,
): Promise<PinsAndRecents> {
  const [pins, views, visits, view] = await Promise.all([
    store.pins(subject),
    store.savedViews(subject),
    store.visits(subject, VISITED),
    inventory.current(),
  ]);
  const showing: Showing = { view, role, now: clock.now() };
  const devices = (keys: string[]) =>
    keys
      .map((key) => view.fleet.get(key))
      .filter((row) => row !== undefined)
      .filter(({ device }) => mayNameDevice(role, device))
      .map((row) => shownDevice(showing, row));
  const keysOf = (kind: Pin['kind']) => pins.filter((pin) => pin.kind === kind).map(({ key }) => key);
  return {
    devices: devices(keysOf('device')),
    rooms: keysOf('room')
      .map((id) => view.rooms.get(id))
      .filter((row) => row !== undefined)
      .map((row) => shownRoom(showing, row)),
    visited: devices(visits),
    views: views.map(shownView),
  };
}

/** Pins a device or a room, or unpins it. Throws invalid-question.too-many. */
export async function setPin(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  { subject }: Operator,
  { pinned, ...pin }: Pick<Pin, 'kind' | 'key'> & { pinned: boolean },
): Promise<void> {
  if (!pinned) return store.unpin(subject, pin);
  const others = (await store.pins(subject)).filter(({ kind, key }) => kind !== pin.kind || key !== pin.key);
  if (others.length >= MAX_PINS) throw new AppError('invalid-question.too-many');
  await store.pin(subject, { ...pin, at: clock.now() });
}

/** Saves a view under a name; one of the same name is replaced. Throws invalid-question.too-many. */
export async function saveView(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  { subject }: Operator,
  { name, path }: Pick<SavedView, 'name' | 'path'>,
): Promise<SavedView> {
  const view: StoredView = { id: randomUUID(), name, path, at: clock.now() };
  const others = (await store.savedViews(subject)).filter((each) => each.name !== name);
  if (others.length >= MAX_VIEWS) throw new AppError('invalid-question.too-many');
  await store.saveView(subject, view);
  return shownView(view);
}

const shownView = ({ id, name, path, at }: StoredView): SavedView => ({
  id,
  name,
  path,
  at: new Date(at).toISOString(),
});

/**
 * Remembers that a person opened a device, and schedules its next check soon when their role may refresh it: whoever
 * may not spend a call must not move the plan of scheduled checks either. Nor does anybody while events vouch for the
 * device or the budget runs short. A store that cannot write costs the memory of the visit, not the page.
 */
export async function noteVisit(
  context: ServiceContext,
  { subject, role }: Operator,
  ref: DeviceRef,
): Promise<void> {
  const { store, clock, warn } = context;
  try {
    const key = await store.keyOf(ref);
    if (key === null) return;
    const now = clock.now();
    await store.recordVisit(subject, key, now);
    if (!can(role, 'ask-live') || (await isSpared(context, ref))) return;
    const [device] = await store.devicesByKeys([key]);
    const watched = now + CHECK_AFTER_MS.watched;
    if (device && device.removedAt === null && (device.nextCheck?.at ?? Number.POSITIVE_INFINITY) > watched) {
      await store.planCheck(key, { at: watched, reason: 'watched' });
    }
  } catch (error) {
    warn('visit not recorded', { error: String(error) });
  }
}
