import 'server-only';
import type { Asker } from '#lib/domain/budget/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { createAccessToken, type TokenState } from './client/access-token.ts';
import { createAuthorisedCaller } from './client/authorised-call.ts';
import { createBan } from './client/ban.ts';
import { createCaller, type UpstreamCall } from './client/call.ts';
import { createHealth, type Health } from './client/health.ts';
import type { Meter } from './client/meter.ts';
import type { Unchecked } from './client/old-api.ts';
import { createRateLimit } from './client/rate-limit.ts';
import { type Checkup, createCheckup } from './diagnostics/checkup.ts';
import type { Directory } from './people/directory.ts';
import { createDirectory } from './people/sign-in.ts';
import { createQueryDevice, type QueryDevice } from './rooms/query-device.ts';
import { createRooms, type Rooms } from './rooms/rooms.ts';
import { createRoomsCaller } from './rooms/rooms-call.ts';
import { createStream, type Stream, type StreamListeners } from './stream/stream.ts';
import { createHttp } from './transport/http.ts';

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
  /** Told when the old-style API did not say whether somebody who signs in is an employee. Must not throw. */
  onUnchecked?: (fact: Unchecked) => void;
  /** Lets metered calls out, in place of the rate limit above, and counts them; without one they are not counted. */
  meter?: Meter;
  /** The proxy by which everything here leaves; without one it goes out directly. */
  proxy?: EgressProxy | null;
};

/**
 * DingTalk, in our words. Everything throws AppErrors that hold neither token nor secret: `dingtalk-refused`,
 * `-throttled`, `-budget-spent`, `-unreachable` or `-confused`, and what is said below. Whatever takes AskOptions asks
 * in the operator's name and is metered: each attempt is a call of the month.
 */
export type DingTalk = {
  /** Asks for one device. `raw` is the JSON object as it came. Throws `device-not-found` too. */
  queryDevice: QueryDevice;
  /**
   * Asks for up to 100 rooms: the first, or those after `pageToken`, the `nextToken` of the page before. Their
   * `deviceUnionIds` are null. A token that DingTalk no longer takes is `dingtalk-confused.unrecognised` with its code
   * `param.error`; one that leads back to itself `dingtalk-confused.shape`, a longer circle is the asker's to notice.
   */
  listRooms: Rooms['listRooms'];
  /**
   * Asks for one room with the devices in it, as a list always. `raw` is the JSON object as it came, names of people
   * who may book included. Throws `room-not-found` too.
   */
  getRoom: Rooms['getRoom'];
  /** Asks for the tree of rooms, all of it at once, in DingTalk's order; null when the answer has no list of groups. */
  listRoomGroups: Rooms['listRoomGroups'];
  /** The life of the app's access token, for a screen; null while there is none. */
  tokenState(): TokenState | null;
  /** What this process has heard of DingTalk lately, for a screen. */
  health(): Health;
  /** Begins a walk along the way to DingTalk, question by question; its metered calls are caused by `asker`. */
  checkup(asker?: Asker): Checkup;
  /** The people of the organisation. */
  directory: Directory;
  /**
   * Opens a stream of events, which mends itself until it is stopped; at most one at a time in all processes of one app,
   * or they share the events. Not metered as calls; DingTalk counts each event as a push.
   */
  openStream(listeners: StreamListeners): Stream;
  /** Resolves when the last call is over; streams are to be stopped before, and nothing may be asked afterwards. */
  close(): Promise<void>;
};

/** Wires this room together. One per process: the token, the rate limit and the ban are its memory. */
export function createDingTalk(options: DingTalkOptions): DingTalk {
  const { clock, random, apiOrigin } = options;
  const proxy = options.proxy ?? null;
  const http = createHttp(clock, proxy);
  const health = createHealth();
  const call = createCaller({
    http,
    rateLimit: createRateLimit(clock, options.callsPerSecond),
    meter: options.meter ?? null,
    ban: createBan(clock),
    clock,
    random,
    onCall: options.onCall ?? (() => {}),
    onOutcome: health.record,
  });
  const accessToken = createAccessToken(options, call, clock);
  const authorised = createAuthorisedCaller(accessToken, call);
  const roomsCall = createRoomsCaller(apiOrigin, authorised, clock);
  return {
    queryDevice: createQueryDevice(roomsCall),
    ...createRooms(roomsCall),
    tokenState: () => accessToken.state(),
    health: health.state,
    checkup: (asker) => createCheckup({ ...options, call, proxy, asker }),
    directory: createDirectory({ ...options, call, authorised }),
    openStream: (listeners) => createStream({ ...options, ...listeners, call, proxy }),
    close: () => http.close(),
  };
}
