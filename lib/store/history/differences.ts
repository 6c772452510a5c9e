import { isDeepStrictEqual } from 'node:util';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import type { Controller, Device } from '#lib/domain/devices/device.ts';
import { UNREADABLE, withoutUnreadable } from '#lib/store/sealing/vault.ts';

/** A field that differs, by its path; null stands for what was not there. */
export type Difference = { field: string; from: unknown; to: unknown };

/** Which fields are compared field by field, and how deep; every other one is compared whole. */
type Shape = (field: string) => Shape | null;

const FLAT: Shape = () => null;
const UNIT: Shape = (field) => (UNIT_PARTS.has(field) ? FLAT : null);
const UNIT_PARTS = new Set(['status', 'room', 'network', 'peripherals', 'unknownFields']);
const CONTROLLERS: Shape = () => (field) => (field === 'status' ? FLAT : null);

/** Every field in which two devices differ; a secret that is UNREADABLE in one of them is none. Controllers are told apart by their device id, wherever they stand. */
export function differences(from: Device, to: Device): Difference[] {
  const { controllers: before, ...unit } = from;
  const { controllers: after, ...nextUnit } = to;
  return [
    ...between('', entries(unit), entries(nextUnit), UNIT),
    ...between('controllers.', byName(before), byName(after), CONTROLLERS),
  ].flatMap(({ field, from, to }) =>
    from === UNREADABLE || to === UNREADABLE
      ? []
      : { field, from: withoutUnreadable(from), to: withoutUnreadable(to) },
  );
}

/** A field of two devices side by side, and whether it is the same in both. */
export type Beside = Difference & { same: boolean };

type Parts = { network: object; controllers: readonly object[] };

/**
 * Every field of two different devices, as deep as `differences` goes. Their controllers are different ones as well: the
 * first stands beside the first, as `controllers.#1`. Either may be concealed; what is concealed in both is the same.
 */
export function sideBySide<T extends Parts>(left: T, right: T): Beside[] {
  const { controllers: first, ...unit } = left;
  const { controllers: second, ...otherUnit } = right;
  const found: Beside[] = [];
  const keep = (each: Difference, same: boolean) => void found.push({ ...each, same });
  walk({ path: '', from: entries(unit), to: entries(otherUnit), shape: UNIT }, keep);
  walk({ path: 'controllers.', from: byPlace(first), to: byPlace(second), shape: CONTROLLERS }, keep);
  return found;
}

type Fields = Map<string, unknown>;
type Pair = { path: string; from: Fields; to: Fields; shape: Shape };

function between(path: string, from: Fields, to: Fields, shape: Shape): Difference[] {
  const found: Difference[] = [];
  walk({ path, from, to, shape }, (each) => void found.push(each), false);
  return found;
}

/** Tells of every field; of those that are the same only when `all` are asked for. */
function walk({ path, from, to, shape }: Pair, visit: (each: Difference, same: boolean) => void, all = true) {
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const [was, is] = [from.get(name) ?? null, to.get(name) ?? null];
    const same = isDeepStrictEqual(was, is);
    if (same && !all) continue;
    const field = `${path}${name}`;
    const inner = isPlain(was) && isPlain(is) ? shape(name) : null;
    if (inner) walk({ path: `${field}.`, from: entries(was), to: entries(is), shape: inner }, visit, all);
    else visit({ field, from: was, to: is }, same);
  }
}

/** Whether it has parts: what is concealed has none. */
const isPlain = (value: unknown) => value !== null && !isConcealed(value);

// Only called where a device has an object.
const entries = (part: unknown): Fields => new Map(Object.entries(part as object));

const byPlace = (controllers: readonly object[]): Fields =>
  new Map(controllers.map((each, place) => [`#${place + 1}`, each]));

function byName(controllers: Controller[]): Fields {
  const named: Fields = new Map();
  for (const [position, controller] of controllers.entries()) {
    const name = controller.deviceId ?? controller.unionId ?? `#${position}`;
    named.set(named.has(name) ? `${name}#${position}` : name, controller);
  }
  return named;
}
