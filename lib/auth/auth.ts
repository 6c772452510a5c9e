import 'server-only';
import NextAuth from 'next-auth';
import type { Config } from '#lib/config.ts';
import type { Directory } from '#lib/dingtalk/directory.ts';
import type { Operator } from '#lib/domain/operator.ts';
import { authOptions } from './auth-options.ts';
import { authCookies } from './cookies.ts';
import { doorsOf } from './doors.ts';
import { operatorOf } from './role-of.ts';
import { createSessionTokens } from './session-token.ts';

type NextAuthHandler = (
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
) => Promise<Response>;

/** Sign-in as the rest of the desk sees it. */
export type Auth = {
  /** Name of the session cookie. */
  cookieName: string;
  /** Name of the cookie in which the way back waits while somebody signs in. */
  returnToName: string;
  /** The person behind a session cookie's value, or null. */
  operator(cookieValue: string | undefined): Promise<Operator | null>;
  /** next-auth's own routes. */
  handle: NextAuthHandler;
};

/** Wires next-auth to the configuration and the directory. */
export function createAuth(
  config: Config,
  directory: Directory,
  warn: (fact: string, details?: object) => void,
): Auth {
  const tokens = createSessionTokens(config.authSecret);
  const cookies = authCookies(config);
  const { providers, guard } = doorsOf({ config, directory, warn });
  return {
    cookieName: cookies.sessionToken.name,
    returnToName: cookies.callbackUrl.name,
    operator: async (value) => {
      const session = await tokens.open(value);
      return session && operatorOf(config, session);
    },
    handle: guard(NextAuth(authOptions({ config, providers, tokens, warn })) as NextAuthHandler),
  };
}
