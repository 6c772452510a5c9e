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

/** Programs' ways in. */
export type Tokens = Pick<Watch, 'watch' | 'close'> & {
  /**
   * Who a token's value stands for, or null; then `onRefused` has been given the reason, which is for the audit log and not
   * for the asker. Rejects when the store cannot be read.
   */
  open(
    value: string,
    onRefused?: (refusal: TokenRefusal) => void,
  ): OpenToken | null | Promise<OpenToken | null>;
  /** Revokes, here at once and elsewhere within a second or two. Answers which there were. */
  revoke(which: Parameters<TokenStore['revokeTokens']>[0]): Promise<string[]>;
};

type Kept = OpenToken & Pick<ApiToken, 'expiresAt' | 'revokedAt'>;

type Refused = { by: null; refusal: TokenRefusal };

const refused = (reason: TokenRefusal['reason'], tokenId: string | null = null): Refused => ({
  by: null,
  refusal: { reason, tokenId },
});

const isRefused = (answer: Kept | Refused): answer is Refused => answer.by === null;

/** What a value is compared with when nobody knows its public part, so that this takes as long. */
const NOBODY = tokenHash('');

/** Tokens on the store, remembered for a second under their hash. */
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
 * Whom a token speaks for: itself, by its name, with no more than its creator may do now. Null when the desk lets its
 * creator in no more. Without a union id it asks DingTalk in the name of the configured operator.
 */
function standFor({ id, name, role, creator }: ApiToken, { operatorOf }: Pick<AccessParts, 'operatorOf'>) {
  const person = operatorOf(creator.claims);
  if (!person) return null;
  const program = { subject: `token:${id}`, name, role: lesserRole(role, person.role), unionId: null };
  return { program, creator: person };
}
