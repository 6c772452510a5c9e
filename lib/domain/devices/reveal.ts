import type { DeviceRef } from './device-ref.ts';

/** What can be revealed of a device. */
export const SECRET_FIELDS = ['castCode', 'sipAccount'] as const;

export type SecretField = (typeof SECRET_FIELDS)[number];

/** One secret: of the unit itself, or the cast code of its controller of that device id or union id. */
export type SecretName = { ref: DeviceRef; field: SecretField; controller: string | null };

/** How long a revealed value may be shown, in seconds. */
export const HIDE_AFTER_SECONDS = 30;

/** How long a reason is, in characters. */
export const REASON_LENGTH = { least: 3, most: 200 } as const;
