import { z } from 'zod';
import type { AuthorisedCaller } from '#lib/dingtalk/client/authorised-call.ts';
import { isWrongHost } from '#lib/dingtalk/client/old-api.ts';
import type { Deadline } from '#lib/dingtalk/transport/deadline.ts';
import type { GoodAnswer } from '#lib/dingtalk/transport/http-answer.ts';
import { AppError } from '#lib/domain/errors.ts';
import { SignInRefused } from './directory.ts';

/** What the old-style API knows about an employee. */
export type Employee = { name: string | null; admin: boolean; roles: string[] };

/** How the old-style API is asked. */
export type OldApi = { oapiOrigin: string; authorised: AuthorisedCaller };

const NOBODY = '60121';

// No looser: a coerced null would become 0, which is the very number that lets a person in.
const CONTACT_TYPE = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

const CODE_REFUSED = '40078';

const IN_APP = z.object({
  result: z.object({
    userid: z.string().min(1),
    unionid: z.string().min(1),
    name: z.string().min(1).nullish(),
  }),
});

const BY_UNION_ID = z.object({
  result: z.object({ contact_type: CONTACT_TYPE, userid: z.string().min(1).optional() }),
});

const DETAILS = z.object({
  result: z.object({
    name: z.string().min(1).nullable().catch(null),
    admin: z.boolean().catch(false),
    role_list: z.array(z.object({ name: z.string().min(1) })).catch([]),
  }),
});

/** Whom a code of DingTalk's own client stands for. */
export type InAppPerson = { userId: string; unionId: string; name: string | null };

/**
 * Trades a code that DingTalk's client handed to a page inside it. Asked once and never again, since the code is spent
 * by asking. Throws SignInRefused `code-refused` for one that is used, too old or none (40078), and `old-api` when the
 * host is not there or does not serve the old-style API.
 * (DingTalk docs: enterprise-internal-application-logon-free)
 */
export async function tradeInAppCode(code: string, api: OldApi, deadline: Deadline): Promise<InAppPerson> {
  const answer = await ask('/topapi/v2/user/getuserinfo', { code }, api, deadline, true).catch((thrown) => {
    if (!(thrown instanceof AppError)) throw thrown;
    if (thrown.upstream?.code === CODE_REFUSED) throw new SignInRefused('code-refused');
    const isHost = isWrongHost({ reason: thrown.reason, said: thrown.upstream });
    throw isHost || thrown.reason === 'dingtalk-unreachable.no-connection'
      ? new SignInRefused('old-api')
      : thrown;
  });
  const { userid, unionid, name } = parse(IN_APP, answer).result;
  return { userId: userid, unionId: unionid, name: name ?? null };
}

/**
 * The id a person has as our employee. Throws SignInRefused `not-an-employee` when they are unknown (60121) or an
 * external contact (contact_type 1). (DingTalk docs: query-a-user-by-the-union-id)
 */
export async function findEmployee(unionId: string, api: OldApi, deadline: Deadline): Promise<string> {
  const answer = await ask('/topapi/user/getbyunionid', { unionid: unionId }, api, deadline).catch(
    (thrown) => {
      const code = thrown instanceof AppError ? thrown.upstream?.code : undefined;
      throw code === NOBODY ? new SignInRefused('not-an-employee') : thrown;
    },
  );
  const { contact_type, userid } = parse(BY_UNION_ID, answer).result;
  if (contact_type !== 0) throw new SignInRefused('not-an-employee');
  if (userid === undefined) throw new AppError('dingtalk-confused.shape', { upstream: answer.said });
  return userid;
}

/** Name, administrator or not, and role names of an employee. (DingTalk docs: query-user-details) */
export async function readEmployee(userId: string, api: OldApi, deadline: Deadline): Promise<Employee> {
  const answer = await ask('/topapi/v2/user/get', { userid: userId, language: 'en_US' }, api, deadline);
  const { name, admin, role_list } = parse(DETAILS, answer).result;
  return { name, admin, roles: role_list.map((role) => role.name) };
}

// The old API takes the app's token in the query, which is why no path is ever logged or kept in an error.
function ask(path: string, body: object, api: OldApi, deadline: Deadline, once = false): Promise<GoodAnswer> {
  return api.authorised(
    (token) => ({
      api: `POST ${path}`,
      method: 'POST',
      origin: api.oapiOrigin,
      path: `${path}?access_token=${encodeURIComponent(token)}`,
      body,
      once,
    }),
    deadline,
  );
}

function parse<T>(schema: z.ZodType<T>, { body, said }: GoodAnswer): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new AppError('dingtalk-confused.shape', { upstream: said });
  return parsed.data;
}
