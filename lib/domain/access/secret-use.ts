/** What people may do with a secret that is counted: look for a device by it, and have it shown. */
export const SECRET_USES = ['search', 'reveal'] as const;

export type SecretUse = (typeof SECRET_USES)[number];

/** Whose uses are counted together. */
export type SecretUser = 'person' | 'address';

/** Uses are counted by the whole hour, so that all instances agree on when a count begins. */
export const SECRET_WINDOW_MS = 60 * 60_000;

/**
 * How often within an hour. A cast code has six digits: ten guesses an hour need more than a day to meet one code in ten
 * thousand devices, and are reported within the first hour. A round through the rooms of a floor shows twenty codes.
 * Three admins may share an office's address.
 */
export const SECRET_LIMITS: Record<SecretUse, Record<SecretUser, number>> = {
  search: { person: 10, address: 30 },
  reveal: { person: 20, address: 60 },
};

/** How often somebody used secrets within one hour. */
export type SecretUseCount = {
  use: SecretUse;
  by: SecretUser;
  /** The person's subject, or the address. */
  key: string;
  /** The person's name, or the address. */
  name: string;
  count: number;
  /** The last use, milliseconds since the epoch. */
  lastAt: number;
};

/** The longest SIP account that DingTalk could name; a cast code is shorter. */
const LONGEST_SECRET = 128;

/** The one word that a text consists of, which may be a secret; null where it is empty, longer or several words. */
export function secretText(text: string): string | null {
  const word = text.trim();
  return word !== '' && word.length <= LONGEST_SECRET && !/\s/.test(word) ? word : null;
}
