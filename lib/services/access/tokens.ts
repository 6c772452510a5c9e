import { timingSafeEqual } from 'node:crypto';
import type { OpenToken } from '#lib/domain/access/access.ts';
import { type ApiToken, isSpent, lesserRole, type TokenRefusal } from '#lib/domain/access/api-token.ts';
import { USE_NOTED_EVERY_MS } from '#lib/domain/access/session.ts';
import type { TokenStore } from '#lib/store/access/api-tokens.ts';
import type { AccessParts } from './access-parts.ts';
import type { PeopleCheck } from './people-check.ts';
import { createSessionCache } from './session-cache.ts';
import { tokenHash, tokenIdIn } from './token-value.ts';
import { createWatch, type Watch } from './watch.ts';

/** API tokens of programs. */
export type Tokens = Pick<Watch, 'watch' | 'close'> & {
  /**
   * The token of a value, or null after `onRefused` was called with the reason, which is for the audit log and not for
   * the client. Rejects when the store cannot be read.
   */
  open(
    value: string,
    onRefused?: (refusal: TokenRefusal) => void,
  ): OpenToken | null | Promise<OpenToken | null>;
  /** Revokes tokens, on this instance at once and on others within two seconds. Returns their IDs. */
  revoke(which: Parameters<TokenStore['revokeTokens']>[0]): Promise<string[]>;
};

type Kept = OpenToken & Pick<ApiToken, 'expiresAt' | 'revokedAt'>;

type Refused = { by: null; refusal: TokenRefusal };

const refused = (reason: TokenRefusal['reason'], tokenId: string | null = null): Refused => ({
  by: null,
  refusal: { reason, tokenId },
});

const isRefused = (answer: Kept | Refused): answer is Refused => answer.by === null;

/** A hash to compare with when the public part is unknown, so that this takes the same time. */
const NOBODY = tokenHash('');

/** Creates tokens on the store, cached for a second by their hash. */
export function createTokens(parts: AccessParts, people: PeopleCheck): Tokens {
  const { store, clock, warn } = parts;
  const cached = createSessionCache(clock, isRefused);
  const { watch, over, close } = createWatch(clock, (ids) => store.goodAmong(ids, clock.now()));

  const load = async (id: string, hash: string): Promise<Kept | Refused> => {
    const found = await store.tokenById(id);
    const right = timingSafeEqual(Buffer.from(hash), Buffer.from(found?.secretHash ?? NOBODY));
    const now = clock.now();
    if (!found || !right) return refused(found ? 'wrong-value' : 'unknown', found ? id : null);
    const { token } = found;
    if (isSpent(token, now)) return spent(token);
    const operator = standFor(token, parts);
    if (!operator) return refused('creator-refused', id);
    if (token.usedAt === null || now - token.usedAt >= USE_NOTED_EVERY_MS) {
      store
        .noteTokenUse(id, now)
        .catch((error) => warn('use of a token not noted', { error: String(error) }));
    }
    people.checkIfDue(operator.creator);
    const { expiresAt, revokedAt } = token;
    return { by: 'token', id, operator: operator.program, expiresAt, revokedAt };
  };
  return {
    watch,
    close,
    open(value, onRefused = () => undefined) {
      const good = (answer: Kept | Refused): OpenToken | null => {
        if (!isRefused(answer)) return answer;
        onRefused(answer.refusal);
        return null;
      };
      const id = tokenIdIn(value);
      if (id === null) return good(refused('malformed'));
      const hash = tokenHash(value);
      const found = cached.recall(hash, () => load(id, hash));
      if (found instanceof Promise) return found.then(good);
      return good(!isRefused(found) && isSpent(found, clock.now()) ? spent(found) : found);
    },
    async revoke(which) {
      const ids = await store.revokeTokens(which, clock.now());
      cached.forget();
      over(ids);
      return ids;
    },
  };
}

const spent = ({ id, revokedAt }: Pick<ApiToken, 'id' | 'revokedAt'>) =>
  refused(revokedAt === null ? 'expired' : 'revoked', id);

/**
 * The operator of a token, under the token's name and with at most the current role of its creator. Null when its
 * creator is no longer admitted. It has no union ID, so it queries DingTalk in the name of the configured operator.
 */
function standFor({ id, name, role, creator }: ApiToken, { operatorOf }: Pick<AccessParts, 'operatorOf'>) {
  const person = operatorOf(creator.claims);
  if (!person) return null;
  const program = { subject: `token:${id}`, name, role: lesserRole(role, person.role), unionId: null };
  return { program, creator: person };
}
