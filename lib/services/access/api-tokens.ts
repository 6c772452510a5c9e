import type { MadeToken, ShownToken, TokensAnswer } from '#lib/api/access/account-answers.ts';
import { doerOf, type From, type OpenSession, type OpenWay } from '#lib/domain/access/access.ts';
import { type ApiToken, expiryOf, isSpent } from '#lib/domain/access/api-token.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Role } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { newTokenValue } from './token-value.ts';

/** Every token that is kept. Throws not-permitted. */
export async function listTokens(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  way: OpenWay,
): Promise<TokensAnswer> {
  allow(way);
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
  way: OpenWay,
  asked: { name: string; role: Role; days: number },
  from: From,
): Promise<MadeToken> {
  allow(way);
  const { subject, name } = way.operator;
  const now = clock.now();
  const { id, value, secretHash } = newTokenValue();
  const token: ApiToken = {
    id,
    name: asked.name,
    role: asked.role,
    creator: { subject, name, claims: way.claims },
    createdAt: now,
    expiresAt: expiryOf(asked.days, now),
    usedAt: null,
    revokedAt: null,
  };
  await access.onFact(
    { what: 'token-created', tokenId: id, name: token.name, role: token.role, expiresAt: token.expiresAt },
    doerOf(way.operator, from),
  );
  await store.addToken(secretHash, token);
  return { token: shownToken(token, now), value };
}

/** Revokes a token; one that is revoked already stays so. Throws not-permitted. */
export async function revokeToken(
  { access }: Pick<ServiceContext, 'access'>,
  way: OpenWay,
  id: string,
  from: From,
): Promise<void> {
  allow(way);
  const tokenIds = await access.tokens.revoke({ id });
  if (tokenIds.length > 0)
    await access.onFact({ what: 'token-revoked', tokenIds }, doerOf(way.operator, from));
}

/** Only somebody who is signed in: a token that makes tokens would outlive its own end. */
function allow(way: OpenWay): asserts way is OpenSession {
  if (way.by !== 'session') throw new AppError('not-permitted.token');
  assertCan(way.operator.role, 'manage-tokens');
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
