import { ROLES, type Role } from './operator.ts';

const DAY_MS = 24 * 60 * 60_000;

/** No token is for good: what nobody renews once a year is forgotten somewhere. In days. */
export const TOKEN_DAYS = { least: 1, most: 365 } as const;

/** Longest name of a token. */
export const MAX_TOKEN_NAME = 80;

/** A program's way in, as it is kept. Times are milliseconds since the epoch. */
export type ApiToken = {
  /** The part of its value that everybody may see. */
  id: string;
  name: string;
  role: Role;
  /** Who made it, and what was known of them then. */
  creator: { subject: string; name: string; claims: object };
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
  revokedAt: number | null;
};

export const expiryOf = (days: number, now: number): number => now + days * DAY_MS;

/** Whether a token opens nothing any more. */
export const isSpent = ({ expiresAt, revokedAt }: Pick<ApiToken, 'expiresAt' | 'revokedAt'>, now: number) =>
  revokedAt !== null || now >= expiresAt;

/** The lesser of two roles: a token may never do more than whoever made it. */
export const lesserRole = (one: Role, other: Role): Role =>
  ROLES.indexOf(one) < ROLES.indexOf(other) ? one : other;
