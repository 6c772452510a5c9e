import type { AuthorisedCaller } from '#lib/dingtalk/client/authorised-call.ts';
import type { MakeCall } from '#lib/dingtalk/client/call.ts';
import { isUnchecked, type Unchecked } from '#lib/dingtalk/client/old-api.ts';
import { createDeadline, type Deadline } from '#lib/dingtalk/transport/deadline.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { AppError } from '#lib/domain/errors.ts';
import { type Directory, type Person, SignInRefused } from './directory.ts';
import { type Employee, findEmployee, readEmployee, tradeInAppCode } from './employee.ts';
import { readProfile } from './profile.ts';
import { tradeCode } from './user-token.ts';

const SIGN_IN_BUDGET_MS = 12_000;
/** The part of it for the old-style API, which some tenants may not reach. DingTalk itself gives up after 3 seconds. */
const OLD_API_BUDGET_MS = 3_000;

/** What signing in takes. With `corpId` set, only people of that organisation come in. */
export type SignInParts = {
  apiOrigin: string;
  oapiOrigin: string;
  loginOrigin: string;
  clientId: string;
  clientSecret: string;
  corpId: string | null;
  clock: Clock;
  call: MakeCall;
  authorised: AuthorisedCaller;
  /** Told when the old-style API did not say whether somebody who signs in is an employee. Must not throw. */
  onUnchecked?: (fact: Unchecked) => void;
};

/** The people of the organisation; see Directory for what it promises. */
export function createDirectory(parts: SignInParts): Directory {
  return {
    authorization: {
      url: new URL('/oauth2/auth', parts.loginOrigin).href,
      params: {
        client_id: parts.clientId,
        response_type: 'code',
        // With corpid the token's answer names the organisation, which is how it is learnt.
        scope: 'openid corpid',
        prompt: 'consent',
        ...(parts.corpId === null ? {} : { corpId: parts.corpId }),
      },
    },
    signIn: (code) => signIn(code, parts),
    employee: async (unionId) => {
      const deadline = createDeadline(parts.clock, SIGN_IN_BUDGET_MS);
      return detailsIfTold(await findEmployee(unionId, parts, deadline), parts, deadline);
    },
    signInInApp: (code) => signInInApp(code, parts),
  };
}

async function signIn(code: string, parts: SignInParts): Promise<Person> {
  const deadline = createDeadline(parts.clock, SIGN_IN_BUDGET_MS);
  const { token, corpId } = await tradeCode(code, parts, parts.call, deadline);
  if (parts.corpId !== null && corpId !== parts.corpId) throw new SignInRefused('other-organisation');
  const profile = await readProfile(token, parts.apiOrigin, parts.call, deadline);
  const oldApi = createDeadline(parts.clock, Math.min(OLD_API_BUDGET_MS, deadline.leftMs()));
  const userId = await employeeId(profile.unionId, parts, oldApi);
  const employee = userId === null ? null : await detailsIfTold(userId, parts, oldApi);
  return {
    unionId: profile.unionId,
    name: employee?.name ?? profile.name ?? profile.unionId,
    avatarUrl: profile.avatarUrl,
    userId,
    admin: employee?.admin ?? false,
    roles: employee?.roles ?? [],
    corpId,
  };
}

// The code was asked for in our organisation's name and traded with our app's token, so the person is known to it; the
// address book also knows external contacts, which is why it is asked what they are.
async function signInInApp(code: string, parts: SignInParts): Promise<Person> {
  const deadline = createDeadline(parts.clock, SIGN_IN_BUDGET_MS);
  const { userId, unionId, name } = await tradeInAppCode(code, parts, deadline);
  const oldApi = createDeadline(parts.clock, Math.min(OLD_API_BUDGET_MS, deadline.leftMs()));
  const employee = await employeeId(unionId, parts, oldApi);
  if (employee !== null && employee !== userId) throw new AppError('dingtalk-confused.shape');
  const details = await detailsIfTold(userId, parts, oldApi);
  return {
    unionId,
    name: details?.name ?? name ?? unionId,
    avatarUrl: null,
    userId,
    admin: details?.admin ?? false,
    roles: details?.roles ?? [],
    corpId: parts.corpId,
  };
}

// A matching organisation stands by itself: an internal app lets only its own members sign in
// (DingTalk docs: tutorial-obtaining-user-personal-information). Without one, the old API must confirm the person.
async function employeeId(unionId: string, parts: SignInParts, deadline: Deadline): Promise<string | null> {
  try {
    return await findEmployee(unionId, parts, deadline);
  } catch (thrown) {
    if (!isUnchecked(thrown)) throw thrown;
    const { reason, upstream } = thrown;
    const { status = null, code = null } = upstream ?? {};
    parts.onUnchecked?.({ host: new URL(parts.oapiOrigin).host, reason, status, code });
    if (parts.corpId === null) throw new SignInRefused('not-checked');
    return null;
  }
}

/** Who the person is has been settled by now; without the details they are nobody special. */
async function detailsIfTold(
  userId: string,
  parts: SignInParts,
  deadline: Deadline,
): Promise<Employee | null> {
  try {
    return await readEmployee(userId, parts, deadline);
  } catch (thrown) {
    if (isUnchecked(thrown)) return null;
    throw thrown;
  }
}
