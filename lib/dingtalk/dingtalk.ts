import 'server-only';
import type { Clock } from '#lib/domain/clock.ts';
import { createAccessToken } from './access-token.ts';
import { createAuthorisedCaller } from './authorised-call.ts';
import { createBan } from './ban.ts';
import { createCaller, type UpstreamCall } from './call.ts';
import type { Directory } from './directory.ts';
import { createHttp } from './http.ts';
import { createQueryDevice, type QueryDevice } from './query-device.ts';
import { createRateLimit } from './rate-limit.ts';
import { createDirectory } from './sign-in.ts';

/** Everything DingTalk is reached with; origins such as `https://api.dingtalk.io`, without a path. */
export type DingTalkOptions = {
  apiOrigin: string;
  /** The old-style API, for people. */
  oapiOrigin: string;
  /** Where people sign in. */
  loginOrigin: string;
  clientId: string;
  clientSecret: string;
  corpId: string | null;
  /** What we allow ourselves per API; DingTalk allows 20 (DingTalk docs: call-frequency-limit). */
  callsPerSecond: number;
  clock: Clock;
  /** From 0 to below 1, for jitter. */
  random: () => number;
  /** Told once per finished HTTP attempt, failed ones included. Must not throw. */
  onCall?: (call: UpstreamCall) => void;
};

/** DingTalk, in our words. Everything throws AppErrors that hold neither token nor secret. */
export type DingTalk = {
  /**
   * Asks for one device in the operator's name. `budgetMs` is the whole time this may take, retries and waiting
   * included. Answers the device and, in `raw`, the JSON object as it came. Throws `device-not-found`,
   * `dingtalk-refused`, `-throttled`, `-budget-spent`, `-unreachable` or `-confused`.
   */
  queryDevice: QueryDevice;
  /** The people of the organisation. */
  directory: Directory;
  /** Resolves when the last call is over; nothing may be asked afterwards. */
  close(): Promise<void>;
};

/** Wires this room together. One per process: the token, the rate limit and the ban are its memory. */
export function createDingTalk(options: DingTalkOptions): DingTalk {
  const { clock, random, apiOrigin } = options;
  const http = createHttp(clock);
  const call = createCaller({
    http,
    rateLimit: createRateLimit(clock, options.callsPerSecond),
    ban: createBan(clock),
    clock,
    random,
    onCall: options.onCall ?? (() => {}),
  });
  const authorised = createAuthorisedCaller(createAccessToken(options, call, clock), call);
  return {
    queryDevice: createQueryDevice(apiOrigin, authorised, clock),
    directory: createDirectory({ ...options, call, authorised }),
    close: () => http.close(),
  };
}
