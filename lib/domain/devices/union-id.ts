import { can, type Role } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from './device-ref.ts';

// A union id names a device in every app of the organisation, so it is identity, as a serial is. Who may not see identity
// can neither read a union id nor find, open or ask for anything by one: every answer is as if nothing had that id.

/** Whether the role may name a device by this reference. */
export const mayName = (role: Role, { by }: Pick<DeviceRef, 'by'>): boolean =>
  by === 'deviceId' || can(role, 'see-identity');

/** Whether a device of the inventory has a name that the role may use: its key is made of its union id where it has no device id. */
export const mayNameDevice = (role: Role, { deviceId }: { deviceId: string | null }): boolean =>
  mayName(role, { by: deviceId === null ? 'unionId' : 'deviceId' });
