import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import type { Provider } from 'next-auth/providers/index';
import type { Config } from '#lib/config/config.ts';
import { type Arrival, claimsOf } from './arrival.ts';
import { authCookies } from './cookies.ts';
import { ownPath } from './own-path.ts';
import type { SessionCookie } from './session-cookie.ts';
import { SESSION_SECONDS } from './session-token.ts';

type Parts = {
  config: Config;
  /** The doors that are open, as next-auth takes them. */
  providers: Provider[];
  cookie: SessionCookie;
  warn: (fact: string, details?: object) => void;
};

/** next-auth's options for this desk: who may come in, and what their cookie holds. */
export function authOptions({ config, providers, cookie, warn }: Parts): NextAuthOptions {
  return {
    secret: config.authSecret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    cookies: authCookies(config),
    useSecureCookies: config.appUrl.startsWith('https:'),
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers,
    jwt: {
      encode: ({ token }) => cookie.write(token ?? {}),
      decode: ({ token }) => cookie.read(token),
    },
    events: { signOut: () => cookie.signedOut() },
    callbacks: {
      signIn: async ({ account, user }) => {
        const arrival = arrivalOf(account, user);
        if (!arrival || 'person' in arrival) return true;
        warn('sign-in refused', { reason: arrival.refusal });
        await cookie.refused(arrival.refusal);
        return `/sign-in?error=${encodeURIComponent(arrival.refusal)}`;
      },
      jwt: ({ token, account, user }) => {
        if (!account) return token;
        const arrival = arrivalOf(account, user);
        // Only the demo's accounts arrive without proof, and what their role is stands in their name.
        if (!arrival)
          return { sub: `${account.provider}:${user.id}`, name: user.name ?? user.id, unionId: null };
        if ('refusal' in arrival) throw new Error('a refused sign-in has no session');
        return claimsOf(arrival.person);
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

/** Providers with a redirect hand the arrival on beside the tokens, those with a form as a part of the user. */
const arrivalOf = (account: object | null, user: object): Arrival | undefined =>
  (account as { arrival?: Arrival } | null)?.arrival ?? (user as { arrival?: Arrival }).arrival;

const errorIn = (details: unknown) =>
  details instanceof Error ? details.message : ((details as { error?: Error })?.error?.message ?? 'unknown');
