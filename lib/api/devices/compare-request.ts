import { z } from 'zod';
import { deviceName } from './device-request.ts';

/** Two devices to be put side by side. */
export const compareQuestion = z.strictObject({
  left: deviceName.describe('A device ID or, for support and admins, a union ID.'),
  right: deviceName.describe('A device ID or, for support and admins, a union ID.'),
});

/** The same out of a page's address, where either may be left to be chosen; what is no id is none. */
export function comparedIn(params: URLSearchParams): { left: string | null; right: string | null } {
  const read = (name: string) => deviceName.safeParse(params.get(name)?.trim()).data ?? null;
  return { left: read('left'), right: read('right') };
}
