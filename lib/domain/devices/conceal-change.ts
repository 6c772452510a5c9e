import { can, type Role } from '#lib/domain/access/operator.ts';
import type { Change } from '#lib/domain/history/change.ts';
import { CONCEALED, concealController } from './conceal.ts';
import type { Controller, Device } from './device.ts';
import { CONCEALED_NAME, readFieldPath, seesField } from './field-action.ts';

/** A controller without a device id is called by its union id, which is for those who may see identities. */
export type ControllerNames = ReadonlySet<string>;

/**
 * A change with what the role may not see removed: values, and in its path the name of a controller, unless it is one of
 * the device ids in `open`. Runs on the server only.
 */
export function concealChange<T extends Pick<Change, 'field' | 'from' | 'to'>>(
  change: T,
  role: Role,
  open: ControllerNames,
): T {
  const { controller, field } = readFieldPath(change.field);
  if (controller === null) {
    return seesField(role, change.field) ? change : { ...change, from: CONCEALED, to: CONCEALED };
  }
  const named = can(role, 'see-identity') || open.has(controller);
  const path = named ? change.field : ['controllers', CONCEALED_NAME, field].filter(Boolean).join('.');
  // A name may end like a field does, so a whole controller is known by what it is.
  const whole = field === null || [change.from, change.to].some(isController);
  if (!whole) {
    const seen = seesField(role, change.field);
    return { ...change, field: path, ...(!seen && { from: CONCEALED, to: CONCEALED }) };
  }
  const shown = (value: unknown) => (isController(value) ? concealController(value, role) : null);
  return { ...change, field: path, from: shown(change.from), to: shown(change.to) };
}

/** The names of controllers that are shown with these devices, and with changes of theirs. */
export const openControllers = (
  devices: readonly Pick<Device, 'controllers'>[],
  changes: readonly Pick<Change, 'from' | 'to'>[],
): ControllerNames => {
  const now = devices.flatMap(({ controllers }) => controllers.flatMap(({ deviceId }) => deviceId ?? []));
  return new Set([...now, ...controllersNamedIn(changes)]);
};

/** The device ids of the controllers that come and go in changes; they are shown with these. */
export function controllersNamedIn(changes: readonly Pick<Change, 'from' | 'to'>[]): string[] {
  return changes
    .flatMap(({ from, to }) => [from, to])
    .filter(isController)
    .flatMap(({ deviceId }) => deviceId ?? []);
}

function isController(value: unknown): value is Controller {
  return typeof value === 'object' && value !== null && 'roomId' in value && 'castCode' in value;
}
