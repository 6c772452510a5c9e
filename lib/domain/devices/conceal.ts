import type { Role } from '#lib/domain/access/operator.ts';
import type { Controller, Device, Network } from './device.ts';
import type { DeviceStatus } from './device-status.ts';
import { FIELD_POLICY, type Sight, sees } from './field-policy.ts';

/** Stands where a value was that this reader may not see. Says nothing about whether there was one. */
export type Concealed = { concealed: true };

export const CONCEALED: Concealed = { concealed: true };

/** Cast codes and SIP accounts are for nobody to see in an answer: `reveal` shows one, for a while, to whoever may. */
type Secret<K extends string> = { [P in K]: Concealed };

type Hidden<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | Concealed };

type ControllerIdentity = 'unionId' | 'corpId' | 'serial' | 'mac';
type DeviceIdentity = ControllerIdentity | 'createdBy' | 'unknownFields';

type ConcealedController = Hidden<Omit<Controller, 'castCode'>, ControllerIdentity> & Secret<'castCode'>;
export type ShownNetwork = Hidden<Network, 'ssid' | 'ip' | 'wifiMac' | 'wiredMac'>;

/** A device as one reader may see it: the same shape with some values concealed. */
type ConcealedDevice = Hidden<
  Omit<Device, 'controllers' | 'network' | 'castCode' | 'sipAccount'>,
  DeviceIdentity
> &
  Secret<'castCode' | 'sipAccount'> & {
    network: ShownNetwork;
    controllers: ConcealedController[];
  };

type Current = { status: DeviceStatus & { current: boolean } };

export type ShownController = Omit<ConcealedController, 'status'> & Current;

/** The same with whether each status still holds; see `isCurrent`. */
export type ShownDevice = Omit<ConcealedDevice, 'status' | 'controllers'> &
  Current & { controllers: ShownController[] };

/** Whether a shown value was concealed. */
export function isConcealed(value: unknown): value is Concealed {
  return typeof value === 'object' && value !== null && 'concealed' in value && value.concealed === true;
}

/** Removes what the role may not see. Runs on the server only; nothing concealed is left in the result. */
export function conceal(device: Device, role: Role): ConcealedDevice {
  const { network, controllers, ...unit } = device;
  return {
    ...shown(unit, FIELD_POLICY.unit, role),
    network: shown(network, FIELD_POLICY.network, role),
    controllers: controllers.map((controller) => concealController(controller, role)),
  } as ConcealedDevice;
}

/** The same for one controller. */
export const concealController = (controller: Controller, role: Role): ConcealedController =>
  shown(controller, FIELD_POLICY.controller, role) as ConcealedController;

// By the table's names, not by the value's, so that a field nobody has decided about stays inside.
function shown<K extends string>(value: Record<K, unknown>, policy: Record<K, Sight>, role: Role) {
  const names = Object.keys(policy) as K[];
  return Object.fromEntries(names.map((name) => [name, sees(role, policy[name]) ? value[name] : CONCEALED]));
}
