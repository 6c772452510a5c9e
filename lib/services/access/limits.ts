import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RequestSource } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';
import { addressKey } from './address-key.ts';
import { createOpenStreams, type OpenStream } from './open-streams.ts';

type Source = Pick<RequestSource, 'address'>;

/** Whom the limits of a person and of an address count. */
type LimitedCaller = { operator: Pick<Operator, 'subject'>; source: Source };

/** Rate limits, so that one person or script cannot spend the month's budget. */
export type Limits = {
  /** Counts a query to DingTalk. Throws too-many-questions with the seconds to wait. */
  question(caller: LimitedCaller): Promise<void>;
  /** Counts a search. Throws the same. */
  search(caller: LimitedCaller): Promise<void>;
  /** Counts an answer to the checklist. Throws the same. */
  check(caller: LimitedCaller): Promise<void>;
  /** Counts a change of a note. Throws the same. */
  note(caller: LimitedCaller): Promise<void>;
  /** Counts a health check. Throws the same. */
  walk(caller: LimitedCaller): Promise<void>;
  /** Counts an open event stream. Throws too-many-questions.streams; returns a function that ends it. */
  stream: OpenStream;
  /** Counts a redirect to an identity provider. Throws too-many-questions.sign-ins with the seconds to wait. */
  beginSignIn(source: Source): Promise<void>;
  /**
   * Counts a request to a provider about a person. Throws the same. It also counts as a failed sign-in, of which fewer
   * are allowed, until the returned function is called: when the person has signed in, or the provider could not
   * answer.
   */
  askProvider(source: Source): Promise<() => Promise<void>>;
  /** Counts a callback that belongs to no sign-in of the browser. Throws the same. */
  strayCallback(source: Source): Promise<void>;
};

type PerMinute = { questions: number; searches: number; signIns: number };

/** An office has one address: it may make as many requests as several people. */
const PEOPLE_BEHIND_AN_ADDRESS = 6;

/** Checklist answers in a minute: more than a person gives, because only scripts are to be limited. */
const CHECKS = 60;

/** Changes of notes in a minute: more than a person makes. */
const NOTES = 60;

/** Health checks in a minute: each spends calls of the month, and a corrected setting is checked a few times. */
const WALKS = 5;

const SECONDS = 60;

/** All addresses together may repeat attempts as often as this many single ones. */
const ADDRESSES_TOGETHER = 10;

/**
 * The share of an address's attempts, its first ones, that does not count towards the total of all addresses, so that a
 * few addresses which use up the total do not stop others from signing in.
 */
const FIRST_ATTEMPTS = 1 / 10;

/** All addresses together may query a provider as often as this many single ones; first attempts have half of it. */
const UPSTREAM_CONCURRENCY = 2 * ADDRESSES_TOGETHER;

/** Failed sign-ins may cost a call to DingTalk, so fewer are allowed, and within a longer time. */
const FAILED_SIGN_INS = { share: 3, seconds: 10 * 60 };

/**
 * Creates limits by the minute. They are kept in this process; the budget that they protect is shared by all instances.
 */
export function createLimits({ questions, searches, signIns }: PerMinute): Limits {
  return {
    question: bothOf(questions),
    search: bothOf(searches),
    check: bothOf(CHECKS),
    note: bothOf(NOTES),
    walk: bothOf(WALKS),
    stream: createOpenStreams(),
    ...signInLimits(signIns),
  };
}

function signInLimits(most: number): Pick<Limits, 'beginSignIn' | 'askProvider' | 'strayCallback'> {
  const [begun, asked] = [addressAndAll(most, SECONDS), addressAndAll(most, SECONDS)];
  const failed = addressAndAll(Math.ceil(most / FAILED_SIGN_INS.share), FAILED_SIGN_INS.seconds);
  const upstream = new RateLimiterMemory({ points: most * UPSTREAM_CONCURRENCY, duration: SECONDS });
  const stray = new RateLimiterMemory({ points: most, duration: SECONDS });
  return {
    beginSignIn: async (source) => void (await begun(source)),
    async askProvider(source) {
      // Counted as failed until it succeeds, so that parallel attempts cannot pass the limit.
      const noFailure = await failed(source);
      try {
        await asked(source);
        await take(upstream, 'all', 'sign-ins');
      } catch (error) {
        await noFailure();
        throw error;
      }
      return noFailure;
    },
    strayCallback: async ({ address }) => void (await take(stray, addressKey(address), 'sign-ins')),
  };
}

/**
 * Takes one attempt of an address, and of the total unless it is among its first; returns a function that gives it
 * back.
 */
function addressAndAll(most: number, duration: number) {
  const addresses = new RateLimiterMemory({ points: most, duration });
  const together = new RateLimiterMemory({ points: most * ADDRESSES_TOGETHER, duration });
  return async ({ address }: Source): Promise<() => Promise<void>> => {
    const key = addressKey(address);
    const attempts = await take(addresses, key, 'sign-ins');
    const isFirst = attempts <= Math.ceil(most * FIRST_ATTEMPTS);
    const giveBack = () => addresses.reward(key);
    if (isFirst) return async () => void (await giveBack());
    try {
      await take(together, 'all', 'sign-ins');
    } catch (error) {
      await giveBack();
      throw error;
    }
    return async () => void (await Promise.all([giveBack(), together.reward('all')]));
  };
}

function bothOf(most: number): Limits['question'] {
  const people = new RateLimiterMemory({ points: most, duration: SECONDS });
  const addresses = new RateLimiterMemory({ points: most * PEOPLE_BEHIND_AN_ADDRESS, duration: SECONDS });
  return async ({ operator: { subject }, source: { address } }) => {
    await take(people, subject, 'person');
    await take(addresses, addressKey(address), 'address');
  };
}

/** Returns how many were taken for `key` within the time. */
async function take(
  limiter: RateLimiterMemory,
  key: string,
  which: 'person' | 'address' | 'sign-ins',
): Promise<number> {
  try {
    return (await limiter.consume(key)).consumedPoints;
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown;
    // A refused attempt does not count; otherwise attempts that are given back later would make no room.
    await limiter.reward(key);
    const retryAfterSeconds = Math.max(1, Math.ceil(thrown.msBeforeNext / 1000));
    throw new AppError(`too-many-questions.${which}`, { retryAfterSeconds });
  }
}
