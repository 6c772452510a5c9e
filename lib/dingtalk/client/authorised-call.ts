import type { Deadline } from '#lib/dingtalk/transport/deadline.ts';
import type { GoodAnswer } from '#lib/dingtalk/transport/http-answer.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { AccessToken } from './access-token.ts';
import type { Call, MakeCall } from './call.ts';

/** Asks with the app's token; `build` puts it where this API wants it. */
export type AuthorisedCaller = (build: (token: string) => Call, deadline: Deadline) => Promise<GoodAnswer>;

/**
 * Calls with the app's token, and once more with a new one when DingTalk says that the token is no good: it may have
 * been revoked within its life. Never after a missing permission, which a new token would not bring.
 * (DingTalk docs: server-api-error-codes-1, 400 `InvalidAuthentication`; old APIs: errcode 88, sub_code 40014)
 */
export function createAuthorisedCaller(accessToken: AccessToken, call: MakeCall): AuthorisedCaller {
  return async (build, deadline) => {
    deadline.check();
    // One count for both calls: the second is a retry, and may be a metered one.
    const attempts = { made: 0 };
    const token = await accessToken.get(deadline);
    try {
      return await call(build(token), deadline, attempts);
    } catch (thrown) {
      if (!isBadToken(thrown)) throw thrown;
    }
    accessToken.drop(token);
    return call(build(await accessToken.get(deadline)), deadline, attempts);
  };
}

function isBadToken(thrown: unknown): boolean {
  const code = thrown instanceof AppError ? thrown.upstream?.code : undefined;
  return code === 'InvalidAuthentication' || code === '88.40014';
}
