import { normalIdentifier } from '#lib/domain/search/identifier-kind.ts';
import type { Device, Peripherals } from './device.ts';

/** The parts that a device names where it has them, each with the letter that stands for it. */
export const PARTS = { camera: 'c', microphone: 'm', speaker: 's' } as const;

export type Part = keyof typeof PARTS;

/** Which parts a device names, as letters: three of them for a device that names all. */
export const namedParts = (peripherals: Peripherals): string =>
  (Object.keys(PARTS) as Part[]).map((part) => (isNamed(peripherals[part]) ? PARTS[part] : '')).join('');

/** Some devices say an empty text where they have nothing. */
export const isNamed = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** A device's MAC is that of one of its interfaces, or of none of those that it names. */
export const MAC_FITS = 'n';
export const MAC_STRAYS = 'x';

/** Which of the two holds, as a letter; null where the device does not say enough. */
export function macTrait({ mac, network }: Pick<Device, 'mac' | 'network'>): 'n' | 'x' | null {
  const own = [network.wiredMac, network.wifiMac].filter(isNamed).map(normalMac);
  if (!isNamed(mac) || own.length === 0) return null;
  return own.includes(normalMac(mac)) ? MAC_FITS : MAC_STRAYS;
}

const normalMac = (text: string) => normalIdentifier('mac', text);

/** What lists keep of a device for comparing it with others of its model. */
export const traitsOf = (device: Pick<Device, 'mac' | 'network' | 'peripherals'>): string =>
  namedParts(device.peripherals) + (macTrait(device) ?? '');
