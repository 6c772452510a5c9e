import { z } from 'zod';
import type { MakeCall } from '#lib/dingtalk/client/call.ts';
import type { Deadline } from '#lib/dingtalk/transport/deadline.ts';
import { AppError } from '#lib/domain/errors.ts';
import { SignInRefused } from './directory.ts';

/** What a person's own token says about them. */
export type Profile = { unionId: string; name: string | null; avatarUrl: string | null };

const ANSWER = z.object({
  unionId: z.string().min(1),
  nick: z.string().min(1).nullable().catch(null),
  avatarUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .catch(null),
});

/**
 * The person a user token belongs to. E-mail and mobile may be missing and change, so they are not read.
 * Throws SignInRefused `not-an-employee` when DingTalk knows nobody by the token.
 * (DingTalk docs: GET /v1.0/contact/users/me, tutorial-obtaining-user-personal-information)
 */
export async function readProfile(
  token: string,
  apiOrigin: string,
  call: MakeCall,
  deadline: Deadline,
): Promise<Profile> {
  try {
    const { body, said } = await call(
      {
        api: 'GET /v1.0/contact/users/me',
        method: 'GET',
        origin: apiOrigin,
        path: '/v1.0/contact/users/me',
        headers: { 'x-acs-dingtalk-access-token': token },
      },
      deadline,
    );
    const answer = ANSWER.safeParse(body);
    if (!answer.success) throw new AppError('dingtalk-confused.shape', { upstream: said });
    const { unionId, nick, avatarUrl } = answer.data;
    return { unionId, name: nick, avatarUrl };
  } catch (thrown) {
    const code = thrown instanceof AppError ? thrown.upstream?.code : undefined;
    throw code === 'invalidParameter.user.notFound' ? new SignInRefused('not-an-employee') : thrown;
  }
}
