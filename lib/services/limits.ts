import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { From } from '#lib/domain/access.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Operator } from '#lib/domain/operator.ts';
import { createOpenStreams, type OpenStream } from './open-streams.ts';

/** How often people may ask, so that one script or one eager person cannot spend everybody's month. */
export type Limits = {
  /** Before a question goes to DingTalk. Throws too-many-questions with the seconds to wait. */
  question(who: Pick<Operator, 'subject'>, from: Pick<From, 'address'>): Promise<void>;
  /** Before a text is searched for. Throws the same. */
  search(who: Pick<Operator, 'subject'>, from: Pick<From, 'address'>): Promise<void>;
  /** Before an answer to a question about a room is kept. Throws the same. */
  check(who: Pick<Operator, 'subject'>, from: Pick<From, 'address'>): Promise<void>;
  /** Before a note is left, changed, taken away or brought back. Throws the same. */
  note(who: Pick<Operator, 'subject'>, from: Pick<From, 'address'>): Promise<void>;
  /** Before the connection to DingTalk is walked through. Throws the same. */
  walk(who: Pick<Operator, 'subject'>, from: Pick<From, 'address'>): Promise<void>;
  /** While an event stream is open. Throws too-many-questions.streams; answers how to end it. */
  stream: OpenStream;
  /** Before a browser is sent to a provider. Throws too-many-questions.sign-ins with the seconds to wait. */
  beginSignIn(from: Pick<From, 'address'>): Promise<void>;
  /**
   * Before a provider's answer is taken. Throws the same. What it resolves to is called when somebody has come in, because
   * failures have a smaller limit than sign-ins.
   */
  finishSignIn(from: Pick<From, 'address'>): Promise<() => Promise<void>>;
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

/** Many addresses together sign in as often as so many single ones may. */
const ADDRESSES_TOGETHER = 10;

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

function signInLimits(most: number): Pick<Limits, 'beginSignIn' | 'finishSignIn'> {
  const [begun, finished] = [addressAndAll(most, SECONDS), addressAndAll(most, SECONDS)];
  const failed = addressAndAll(Math.ceil(most / FAILED_SIGN_INS.share), FAILED_SIGN_INS.seconds);
  return {
    beginSignIn: begun.take,
    async finishSignIn(from) {
      await finished.take(from);
      // Counted as failed until it has succeeded, so that many at once are no way around the limit.
      await failed.take(from);
      return () => failed.giveBack(from);
    },
  };
}

function addressAndAll(most: number, duration: number) {
  const addresses = new RateLimiterMemory({ points: most, duration });
  const all = new RateLimiterMemory({ points: most * ADDRESSES_TOGETHER, duration });
  return {
    async take({ address }: Pick<From, 'address'>) {
      await take(addresses, address, 'sign-ins');
      await take(all, 'all', 'sign-ins');
    },
    async giveBack({ address }: Pick<From, 'address'>) {
      await Promise.all([addresses.reward(address), all.reward('all')]);
    },
  };
}

function bothOf(most: number): Limits['question'] {
  const people = new RateLimiterMemory({ points: most, duration: SECONDS });
  const addresses = new RateLimiterMemory({ points: most * PEOPLE_BEHIND_AN_ADDRESS, duration: SECONDS });
  return async ({ subject }, { address }) => {
    await take(people, subject, 'person');
    await take(addresses, address, 'address');
  };
}

async function take(
  limiter: RateLimiterMemory,
  key: string,
  which: 'person' | 'address' | 'sign-ins',
): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown;
    const retryAfterSeconds = Math.max(1, Math.ceil(thrown.msBeforeNext / 1000));
    throw new AppError(`too-many-questions.${which}`, { retryAfterSeconds });
  }
}
