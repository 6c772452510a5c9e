import 'server-only';
import { z } from 'zod';
import type { MakeCall } from '#lib/dingtalk/client/call.ts';
import { TOKEN_TEXT } from '#lib/dingtalk/client/token-text.ts';
import type { Deadline } from '#lib/dingtalk/transport/deadline.ts';
import { AppError } from '#lib/domain/errors.ts';
import { SignInRefused } from './directory.ts';

/** What a sign-in code is worth: a token of that person, and the organisation they chose. */
export type UserToken = { token: string; corpId: string | null };

type App = { apiOrigin: string; clientId: string; clientSecret: string };

const ANSWER = z.object({ accessToken: TOKEN_TEXT, corpId: z.string().nullish() });

/**
 * Trades a sign-in code. `corpId` is answered only for the scope `openid corpid`. Asked once and never again, since
 * the code is spent by asking. Throws SignInRefused `code-refused` when DingTalk does not take the code.
 * (DingTalk docs: obtain-user-token)
 */
export async function tradeCode(
  code: string,
  app: App,
  call: MakeCall,
  deadline: Deadline,
): Promise<UserToken> {
  try {
    const { body, said } = await call(
      {
        api: 'POST /v1.0/oauth2/userAccessToken',
        method: 'POST',
        origin: app.apiOrigin,
        path: '/v1.0/oauth2/userAccessToken',
        body: {
          clientId: app.clientId,
          clientSecret: app.clientSecret,
          code,
          grantType: 'authorization_code',
        },
        once: true,
      },
      deadline,
    );
    const answer = ANSWER.safeParse(body);
    if (!answer.success) throw new AppError('dingtalk-confused.shape', { upstream: said });
    return { token: answer.data.accessToken, corpId: answer.data.corpId || null };
  } catch (thrown) {
    throw isRefusal(thrown) ? new SignInRefused('code-refused') : thrown;
  }
}

// The codes for a bad or used one are not documented for this call. Bad credentials have their own and do not come
// here; what else is the caller's fault (4xx, or a code that is a word under HTTP 200) can only be the code, the one
// thing that differs between calls. A number under HTTP 200 is the gateway's, such as 404 for a wrong path.
function isRefusal(thrown: unknown): boolean {
  if (!(thrown instanceof AppError) || thrown.reason !== 'dingtalk-confused.unrecognised') return false;
  const { status, code } = thrown.upstream ?? { status: null, code: null };
  return code !== null && ((status ?? 0) >= 400 || !/^-?\d/.test(code));
}
