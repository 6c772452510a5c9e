import type { Controller, Device, Network } from './device.ts';
import { type Action, can, type Role } from './operator.ts';

/** What a person must be allowed to do to see a value; `nobody` sees it in an answer, whatever they may. */
type Sight = Extract<Action, 'see-state' | 'see-identity' | 'see-network'> | 'nobody';

const UNIT: Record<Exclude<keyof Device, 'network' | 'controllers'>, Sight> = {
  deviceId: 'see-state',
  name: 'see-state',
  kind: 'see-state',
  model: 'see-state',
  serviceId: 'see-state',
  status: 'see-state',
  room: 'see-state',
  firmware: 'see-state',
  software: 'see-state',
  activatedAt: 'see-state',
  peripherals: 'see-state',
  unionId: 'see-identity',
  corpId: 'see-identity',
  serial: 'see-identity',
  mac: 'see-identity',
  createdBy: 'see-identity',
  unknownFields: 'see-identity',
  castCode: 'nobody',
  sipAccount: 'nobody',
};

const NETWORK: Record<keyof Network, Sight> = {
  type: 'see-state',
  ssid: 'see-network',
  ip: 'see-network',
  wifiMac: 'see-network',
  wiredMac: 'see-network',
};

const CONTROLLER: Record<keyof Controller, Sight> = {
  deviceId: 'see-state',
  name: 'see-state',
  kind: 'see-state',
  model: 'see-state',
  serviceId: 'see-state',
  status: 'see-state',
  roomId: 'see-state',
  unionId: 'see-identity',
  corpId: 'see-identity',
  serial: 'see-identity',
  mac: 'see-identity',
  castCode: 'nobody',
};

/** Stands in a path for the name of a controller that the reader may not know. */
export const CONCEALED_NAME = '(concealed)';

/** A path such as `network.ip`, `controllers.2345` or `controllers.2345.status.state`, in its parts. */
export type FieldPath = {
  /** The name of the controller that it is about; null for the unit itself. */
  controller: string | null;
  /** What of it, such as `ip` or `status.state`; null for a controller whole. */
  field: string | null;
};

const OF_CONTROLLER = new RegExp(
  `^controllers\\.(.+?)(?:\\.(${Object.keys(CONTROLLER).join('|')}|status\\.\\w+))?$`,
  's',
);

/** Takes a field's path apart. Names of controllers may have dots in them, so the known words at the end decide. */
export function readFieldPath(path: string): FieldPath {
  const [, controller = null, field = null] = OF_CONTROLLER.exec(path) ?? [];
  return controller === null ? { controller: null, field: path } : { controller, field };
}

/**
 * What lets a person see the value of a field, by its path in Device: the same decisions as in `conceal`. A controller
 * whole takes what its most guarded part takes, and so does every field that nobody has decided about.
 */
export function fieldAction(path: string): Sight {
  const { controller, field } = readFieldPath(path);
  if (controller !== null) return decided(CONTROLLER, field?.split('.')[0]);
  const [first = '', second] = path.split('.');
  return first === 'network' ? decided(NETWORK, second) : decided(UNIT, first);
}

/** Whether the role may see the value of a field. */
export function seesField(role: Role, path: string): boolean {
  const sight = fieldAction(path);
  return sight !== 'nobody' && can(role, sight);
}

const decided = (decisions: Record<string, Sight>, name = ''): Sight =>
  (Object.hasOwn(decisions, name) ? decisions[name] : null) ?? 'nobody';
