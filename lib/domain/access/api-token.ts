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

/**
 * Why a token's value opens nothing: it is none by its form or checksum, names no token, names one and is not its value,
 * has expired, was revoked, or whoever created it may not use Rooms Desk any more.
 */
export type TokenRefusalReason =
  | 'malformed'
  | 'unknown'
  | 'wrong-value'
  | 'expired'
  | 'revoked'
  | 'creator-refused';

/** A refused value; `tokenId` is the public part where that names a real token, else null. */
export type TokenRefusal = { reason: TokenRefusalReason; tokenId: string | null };

/** The lesser of two roles: a token may never do more than whoever made it. */
export const lesserRole = (one: Role, other: Role): Role =>
  ROLES.indexOf(one) < ROLES.indexOf(other) ? one : other;
