import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { Config } from '#lib/config.ts';
import type { Directory } from '#lib/dingtalk/directory.ts';
import { ROLES } from '#lib/domain/operator.ts';
import { authCookies } from './cookies.ts';
import { type Arrival, dingtalkProvider } from './dingtalk-provider.ts';
import { ownPath } from './own-path.ts';
import { DEMO_PROVIDER } from './role-of.ts';
import type { SessionCookie } from './session-cookie.ts';
import { SESSION_SECONDS } from './session-token.ts';

type Parts = {
  config: Config;
  directory: Directory;
  cookie: SessionCookie;
  warn: (fact: string, details?: object) => void;
};

/** One press signs in as a made-up person of the role; offered only where the configuration allows it. */
const demoProvider = CredentialsProvider({
  id: DEMO_PROVIDER,
  name: 'Demo',
  credentials: { account: { label: 'Account' } },
  authorize: (credentials) => {
    const role = ROLES.find((each) => each === credentials?.account);
    return role ? { id: role, name: `Demo ${role}` } : null;
  },
});

/** next-auth's options for this desk: who may come in, and what their cookie holds. */
export function authOptions({ config, directory, cookie, warn }: Parts): NextAuthOptions {
  const dingtalk = dingtalkProvider(directory, config.dingtalk.clientId);
  return {
    secret: config.authSecret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    cookies: authCookies(config),
    useSecureCookies: config.appUrl.startsWith('https:'),
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers: config.demoAccounts ? [dingtalk, demoProvider] : [dingtalk],
    jwt: {
      encode: ({ token }) => cookie.write(token ?? {}),
      decode: ({ token }) => cookie.read(token),
    },
    events: { signOut: () => cookie.signedOut() },
    callbacks: {
      signIn: ({ account }) => {
        const arrival = account?.arrival as Arrival | undefined;
        if (!arrival || 'person' in arrival) return true;
        warn('sign-in refused', { reason: arrival.refusal });
        return `/sign-in?error=${encodeURIComponent(arrival.refusal)}`;
      },
      jwt: ({ token, account, user }) => {
        if (!account) return token;
        const viaDingTalk = account.provider === dingtalk.id;
        return {
          sub: `${account.provider}:${user.id}`,
          name: user.name ?? user.id,
          unionId: viaDingTalk ? user.id : null,
        };
      },
      redirect: ({ url }) => new URL(ownPath(url, config.appUrl), config.appUrl).href,
    },
    logger: {
      error: (code, details) => warn('sign-in failed', { code, error: `${errorIn(details)}` }),
      warn: (code) => warn('sign-in warning', { code }),
      debug: () => undefined,
    },
  };
}

const errorIn = (details: unknown) =>
  details instanceof Error ? details.message : ((details as { error?: Error })?.error?.message ?? 'unknown');
