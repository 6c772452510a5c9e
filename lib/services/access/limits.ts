import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RequestSource } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';
import { addressKey } from './address-key.ts';
import { createOpenStreams, type OpenStream } from './open-streams.ts';

type Source = Pick<RequestSource, 'address'>;

/** Whom the limits of a person and of an address count. */
type LimitedCaller = { operator: Pick<Operator, 'subject'>; source: Source };

/** How often people may ask, so that one script or one eager person cannot spend everybody's month. */
export type Limits = {
  /** Before a question goes to DingTalk. Throws too-many-questions with the seconds to wait. */
  question(caller: LimitedCaller): Promise<void>;
  /** Before a text is searched for. Throws the same. */
  search(caller: LimitedCaller): Promise<void>;
  /** Before an answer to a question about a room is kept. Throws the same. */
  check(caller: LimitedCaller): Promise<void>;
  /** Before a note is left, changed, taken away or brought back. Throws the same. */
  note(caller: LimitedCaller): Promise<void>;
  /** Before the connection to DingTalk is walked through. Throws the same. */
  walk(caller: LimitedCaller): Promise<void>;
  /** While an event stream is open. Throws too-many-questions.streams; answers how to end it. */
  stream: OpenStream;
  /** Before a browser is sent to a provider. Throws too-many-questions.sign-ins with the seconds to wait. */
  beginSignIn(source: Source): Promise<void>;
  /**
   * Before a provider is asked who somebody is. Throws the same. It counts as a failed sign-in, of which there may be fewer,
   * until what it resolves to is called: when the person has signed in, or the provider could not answer.
   */
  askProvider(source: Source): Promise<() => Promise<void>>;
  /** Before an answer that no sign-in of the browser waits for is refused. Throws the same. It counts for nothing else. */
  strayCallback(source: Source): Promise<void>;
};

type PerMinute = { questions: number; searches: number; signIns: number };

/** An office asks from one address: as much as several people who are all in a hurry. */
const PEOPLE_BEHIND_AN_ADDRESS = 6;

/** Somebody who presses through a checklist, and again: what is kept is short, so that this is for scripts alone. */
const CHECKS = 60;

/** Far more than somebody writes, who changes their mind as well. */
const NOTES = 60;

/** Each walk spends calls of the month; who mends a setting looks again a few times. */
const WALKS = 5;

const SECONDS = 60;

/** Addresses that try again and again may together do so as often as so many single ones. */
const ADDRESSES_TOGETHER = 10;

/**
 * This part of what an address may do, its first attempts, is not counted together with other addresses: a few that use up
 * the total stop each other and themselves, but not somebody else who signs in.
 */
const FIRST_ATTEMPTS = 1 / 10;

/** All addresses together ask a provider as often in a minute as so many single ones may: first attempts have a half. */
const UPSTREAM_CONCURRENCY = 2 * ADDRESSES_TOGETHER;

/** Few sign-ins fail, and each that does may have cost a call to DingTalk: fewer may, within a longer time. */
const FAILED_SIGN_INS = { share: 3, seconds: 10 * 60 };

/** Limits by the minute, kept in this process; the month's budget, which they protect, is shared by all instances. */
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
      // Counted as failed until it has succeeded, so that many at once are no way around the limit.
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

/** Takes one attempt of an address, and of all together unless it is among its first; answers how to give it back. */
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

/** Answers how many were taken for `key` within the time. */
async function take(
  limiter: RateLimiterMemory,
  key: string,
  which: 'person' | 'address' | 'sign-ins',
): Promise<number> {
  try {
    return (await limiter.consume(key)).consumedPoints;
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown;
    // What was refused does not count, or those that are given back later would not make room.
    await limiter.reward(key);
    const retryAfterSeconds = Math.max(1, Math.ceil(thrown.msBeforeNext / 1000));
    throw new AppError(`too-many-questions.${which}`, { retryAfterSeconds });
  }
}
