import type { MadeToken, ShownToken, TokensAnswer } from '#lib/api/access/account-answers.ts';
import {
  actorOf,
  type Credential,
  type CredentialCaller,
  type OpenSession,
} from '#lib/domain/access/access.ts';
import { type ApiToken, expiryOf, isSpent } from '#lib/domain/access/api-token.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Role } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { newTokenValue } from './token-value.ts';

/** Lists all stored tokens. Throws not-permitted. */
export async function listTokens(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  credential: Credential,
): Promise<TokensAnswer> {
  allow(credential);
  const now = clock.now();
  const tokens = await store.tokens();
  return { at: iso(now), items: tokens.map((token) => shownToken(token, now)) };
}

/**
 * Creates an API token. Its value is in the answer and nowhere else; the audit entry is written before the token exists.
 * Only admins may, and each use of a token is limited to the role that its creator has by then (access/tokens.ts).
 * Throws not-permitted.
 */
export async function createToken(
  { store, clock, access }: Pick<ServiceContext, 'store' | 'clock' | 'access'>,
  caller: CredentialCaller,
  asked: { name: string; role: Role; days: number },
): Promise<MadeToken> {
  const { credential } = caller;
  allow(credential);
  const { subject, name } = credential.operator;
  const now = clock.now();
  const { id, value, secretHash } = newTokenValue();
  const token: ApiToken = {
    id,
    name: asked.name,
    role: asked.role,
    creator: { subject, name, claims: credential.claims },
    createdAt: now,
    expiresAt: expiryOf(asked.days, now),
    usedAt: null,
    revokedAt: null,
  };
  await access.onFact(
    { what: 'token-created', tokenId: id, name: token.name, role: token.role, expiresAt: token.expiresAt },
    actorOf(caller),
  );
  await store.addToken(secretHash, token);
  return { token: shownToken(token, now), value };
}

/** Revokes a token; does nothing if it is revoked already. Throws not-permitted. */
export async function revokeToken(
  { access }: Pick<ServiceContext, 'access'>,
  caller: CredentialCaller,
  id: string,
): Promise<void> {
  allow(caller.credential);
  const tokenIds = await access.tokens.revoke({ id });
  if (tokenIds.length > 0) await access.onFact({ what: 'token-revoked', tokenIds }, actorOf(caller));
}

/** Only for sessions, because a token that creates tokens would outlive its own end. */
function allow(credential: Credential): asserts credential is OpenSession {
  if (credential.by !== 'session') throw new AppError('not-permitted.token');
  assertCan(credential.operator.role, 'manage-tokens');
}

function shownToken(token: ApiToken, now: number): ShownToken {
  const { id, name, role, creator, createdAt, expiresAt, usedAt, revokedAt } = token;
  return {
    tokenId: id,
    name,
    role,
    createdBy: creator.name,
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    usedAt: isoOrNull(usedAt),
    revokedAt: isoOrNull(revokedAt),
    state: revokedAt !== null ? 'revoked' : isSpent(token, now) ? 'expired' : 'good',
  };
}
