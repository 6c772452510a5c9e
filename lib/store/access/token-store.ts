import type { ApiToken } from '#lib/domain/access/api-token.ts';

/** Programs' ways in. A token's value is known by its hash alone; `now` is milliseconds since the epoch. */
export type TokenStore = {
  addToken(secretHash: string, token: ApiToken): Promise<void>;
  /** The token of a public part with its hash, revoked and expired ones too. */
  tokenById(id: string): Promise<{ token: ApiToken; secretHash: string } | null>;
  /** All that are kept, newest first. */
  tokens(): Promise<ApiToken[]>;
  /** Which of these are neither revoked nor expired. */
  goodAmong(ids: string[], now: number): Promise<string[]>;
  noteTokenUse(id: string, at: number): Promise<void>;
  /** Revokes one token, or all that a person made; answers those that were not revoked before. */
  revokeTokens(which: { id: string } | { creator: string }, at: number): Promise<string[]>;
};
