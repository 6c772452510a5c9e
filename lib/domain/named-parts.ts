import type { Peripherals } from './device.ts';

/** The parts that a device names where it has them, each with the letter that stands for it. */
export const PARTS = { camera: 'c', microphone: 'm', speaker: 's' } as const;

export type Part = keyof typeof PARTS;

/** Which parts a device names, as letters: three of them for a device that names all. */
export const namedParts = (peripherals: Peripherals): string =>
  (Object.keys(PARTS) as Part[]).map((part) => (isNamed(peripherals[part]) ? PARTS[part] : '')).join('');

/** Some devices say an empty text where they have nothing. */
export const isNamed = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
