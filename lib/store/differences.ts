import { isDeepStrictEqual } from 'node:util';
import type { Controller, Device } from '#lib/domain/device.ts';

/** A field that differs, by its path; null stands for what was not there. */
export type Difference = { field: string; from: unknown; to: unknown };

/** Which fields are compared field by field, and how deep; every other one is compared whole. */
type Shape = (field: string) => Shape | null;

const FLAT: Shape = () => null;
const UNIT: Shape = (field) => (UNIT_PARTS.has(field) ? FLAT : null);
const UNIT_PARTS = new Set(['status', 'room', 'network', 'peripherals', 'unknownFields']);
const CONTROLLERS: Shape = () => (field) => (field === 'status' ? FLAT : null);

/** Every field in which two devices differ. Controllers are told apart by their device id, wherever they stand. */
export function differences(from: Device, to: Device): Difference[] {
  const { controllers: before, ...unit } = from;
  const { controllers: after, ...nextUnit } = to;
  return [
    ...between('', entries(unit), entries(nextUnit), UNIT),
    ...between('controllers.', byName(before), byName(after), CONTROLLERS),
  ];
}

type Fields = Map<string, unknown>;

function between(path: string, from: Fields, to: Fields, shape: Shape): Difference[] {
  const found: Difference[] = [];
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const [was, is] = [from.get(name) ?? null, to.get(name) ?? null];
    if (isDeepStrictEqual(was, is)) continue;
    const field = `${path}${name}`;
    const inner = was === null || is === null ? null : shape(name);
    if (inner) found.push(...between(`${field}.`, entries(was), entries(is), inner));
    else found.push({ field, from: was, to: is });
  }
  return found;
}

// Only called where a device has an object.
const entries = (part: unknown): Fields => new Map(Object.entries(part as object));

function byName(controllers: Controller[]): Fields {
  const named: Fields = new Map();
  for (const [position, controller] of controllers.entries()) {
    const name = controller.deviceId ?? controller.unionId ?? `#${position}`;
    named.set(named.has(name) ? `${name}#${position}` : name, controller);
  }
  return named;
}
