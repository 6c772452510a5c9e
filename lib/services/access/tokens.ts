import { timingSafeEqual } from 'node:crypto';
import type { OpenToken } from '#lib/domain/access.ts';
import { type ApiToken, isSpent, lesserRole } from '#lib/domain/api-token.ts';
import { USE_NOTED_EVERY_MS } from '#lib/domain/session.ts';
import type { TokenStore } from '#lib/store/token-store.ts';
import type { AccessParts } from './access.ts';
import { createBelieved } from './believed.ts';
import type { PeopleCheck } from './people-check.ts';
import { tokenHash, tokenIdIn } from './token-value.ts';
import { createWatch, type Watch } from './watch.ts';

/** Programs' ways in. */
export type Tokens = Pick<Watch, 'watch' | 'close'> & {
  /** Who a token's value stands for, or null. Rejects when the store cannot be read. */
  open(value: string): OpenToken | null | Promise<OpenToken | null>;
  /** Revokes, here at once and elsewhere within a second or two. Answers which there were. */
  revoke(which: Parameters<TokenStore['revokeTokens']>[0]): Promise<string[]>;
};

type Kept = OpenToken & Pick<ApiToken, 'expiresAt' | 'revokedAt'>;

/** What a value is compared with when nobody knows its public part, so that this takes as long. */
const NOBODY = tokenHash('');

/** Tokens on the store, remembered for a second under their hash. */
export function createTokens(parts: AccessParts, people: PeopleCheck): Tokens {
  const { store, clock, warn } = parts;
  const believed = createBelieved<Kept>(clock);
  const { watch, over, close } = createWatch(clock, (ids) => store.goodAmong(ids, clock.now()));

  const load = async (id: string, hash: string): Promise<Kept | null> => {
    const found = await store.tokenById(id);
    const right = timingSafeEqual(Buffer.from(hash), Buffer.from(found?.secretHash ?? NOBODY));
    const now = clock.now();
    if (!found || !right || isSpent(found.token, now)) return null;
    const { token } = found;
    const operator = standFor(token, parts);
    if (!operator) return null;
    if (token.usedAt === null || now - token.usedAt >= USE_NOTED_EVERY_MS) {
      store
        .noteTokenUse(id, now)
        .catch((error) => warn('use of a token not noted', { error: String(error) }));
    }
    people.look(operator.creator);
    const { expiresAt, revokedAt } = token;
    return { by: 'token', id, operator: operator.program, expiresAt, revokedAt };
  };
  return {
    watch,
    close,
    open(value) {
      const id = tokenIdIn(value);
      if (id === null) return null;
      const hash = tokenHash(value);
      const found = believed.recall(hash, () => load(id, hash));
      if (found === null || found instanceof Promise) return found;
      return isSpent(found, clock.now()) ? null : found;
    },
    async revoke(which) {
      const ids = await store.revokeTokens(which, clock.now());
      believed.forget();
      over(ids);
      return ids;
    },
  };
}

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
