import type { AuthorisedCaller } from '#lib/dingtalk/client/authorised-call.ts';
import type { AskOptions } from '#lib/dingtalk/client/meter.ts';
import type { CodeMeanings } from '#lib/dingtalk/client/upstream-error.ts';
import { createDeadline } from '#lib/dingtalk/transport/deadline.ts';
import type { GoodAnswer } from '#lib/dingtalk/transport/http-answer.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';

/** One question to a rooms API, all of which are GET and metered. */
export type RoomsQuestion = {
  /** The path pattern, which names the limit. */
  pattern: string;
  /** The path itself, where it differs from the pattern. */
  path?: string;
  query: Record<string, string>;
  meanings?: CodeMeanings;
};

/** Asks a rooms API in the name of an operator, whose union id goes into the query under `operatorKey`. */
export type RoomsCaller = (
  question: RoomsQuestion,
  operatorKey: 'operatorUnionId' | 'unionId',
  operatorUnionId: string,
  options: AskOptions,
) => Promise<GoodAnswer>;

/** The rooms APIs at an origin. Throws `dingtalk-refused.operator-missing` without a call when there is no operator. */
export function createRoomsCaller(apiOrigin: string, call: AuthorisedCaller, clock: Clock): RoomsCaller {
  return async ({ pattern, path = pattern, query, meanings = {} }, operatorKey, operatorUnionId, options) => {
    // DingTalk would say param.error, and count the call.
    if (operatorUnionId === '') throw new AppError('dingtalk-refused.operator-missing');
    const search = new URLSearchParams({ ...query, [operatorKey]: operatorUnionId });
    return call(
      (token) => ({
        api: `GET ${pattern}`,
        method: 'GET',
        origin: apiOrigin,
        path: `${path}?${search}`,
        headers: { 'x-acs-dingtalk-access-token': token },
        meanings,
        purpose: options.purpose,
        asker: options.asker,
      }),
      createDeadline(clock, options.budgetMs),
    );
  };
}
