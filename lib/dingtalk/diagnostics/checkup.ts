import { type Credentials, createAccessToken } from '#lib/dingtalk/client/access-token.ts';
import { createAuthorisedCaller } from '#lib/dingtalk/client/authorised-call.ts';
import type { MakeCall } from '#lib/dingtalk/client/call.ts';
import type { UpstreamOutcome } from '#lib/dingtalk/client/upstream-health.ts';
import { SignInRefused } from '#lib/dingtalk/people/directory.ts';
import { findEmployee } from '#lib/dingtalk/people/employee.ts';
import { createQueryDevice, type QueryDevice } from '#lib/dingtalk/rooms/query-device.ts';
import { createRooms, type Rooms } from '#lib/dingtalk/rooms/rooms.ts';
import { createRoomsCaller } from '#lib/dingtalk/rooms/rooms-call.ts';
import { askForStreamAddress } from '#lib/dingtalk/stream/stream-address.ts';
import { createDeadline } from '#lib/dingtalk/transport/deadline.ts';
import type { Asker } from '#lib/domain/budget/budget.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { type NotReached, type Reached, reach } from './reach.ts';

/** For one question of a checkup: a single attempt, and its wait for a place. */
const BUDGET_MS = 6_000;

/** Whom the address book takes somebody for. */
export type Membership = 'employee' | 'nobody-of-ours';

/**
 * One walk along the way to DingTalk. Each question is one attempt, with a token fetched anew, through the same ban, rate
 * and meter as every call; what takes AskOptions is metered. Throws AppErrors as `DingTalk` does.
 */
export type Checkup = {
  /** Whether a host can be connected to; see `reach`. No call. */
  reach(origin: string): Promise<Reached | NotReached>;
  /** Fetches a token by the configured credentials. Answers for how many seconds DingTalk lets it live. Not metered. */
  fetchToken(): Promise<number>;
  /** What the address book knows of a union id, with that token. Not metered. (DingTalk docs: query-a-user-by-the-union-id) */
  findPerson(unionId: string): Promise<Membership>;
  listRooms: Rooms['listRooms'];
  getRoom: Rooms['getRoom'];
  queryDevice: QueryDevice;
  /** Registers a stream connection and does not open it. Answers the host that events would come from. Not metered. */
  registerStream(): Promise<string>;
  /** The outcome of every attempt so far, in order. */
  outcomes(): readonly UpstreamOutcome[];
};

type Parts = Credentials & {
  oapiOrigin: string;
  call: MakeCall;
  clock: Clock;
  proxy: EgressProxy | null;
  asker?: Asker | undefined;
};

/** A checkup over the calls of this process. */
export function createCheckup(parts: Parts): Checkup {
  const { clock, apiOrigin, oapiOrigin } = parts;
  const outcomes: UpstreamOutcome[] = [];
  const call: MakeCall = (asked, deadline, attempts) =>
    parts.call(
      { ...asked, asker: parts.asker, once: true, onOutcome: (outcome) => outcomes.push(outcome) },
      deadline,
      attempts,
    );
  const accessToken = createAccessToken(parts, call, clock);
  const authorised = createAuthorisedCaller(accessToken, call);
  const roomsCall = createRoomsCaller(apiOrigin, authorised, clock);
  const { listRooms, getRoom } = createRooms(roomsCall);
  return {
    reach: (origin) => reach(origin, parts.proxy),
    async fetchToken() {
      await accessToken.get(createDeadline(clock, BUDGET_MS));
      const { obtainedAt, expiresAt } = accessToken.state() ?? { obtainedAt: 0, expiresAt: 0 };
      return Math.round((expiresAt - obtainedAt) / 1000);
    },
    async findPerson(unionId) {
      try {
        await findEmployee(unionId, { oapiOrigin, authorised }, createDeadline(clock, BUDGET_MS));
        return 'employee';
      } catch (thrown) {
        if (thrown instanceof SignInRefused) return 'nobody-of-ours';
        throw thrown;
      }
    },
    listRooms,
    getRoom,
    queryDevice: createQueryDevice(roomsCall),
    registerStream: async () => new URL(await askForStreamAddress(parts, call, clock)).origin,
    outcomes: () => outcomes,
  };
}
