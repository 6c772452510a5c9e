import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import type { Provider } from 'next-auth/providers/index';
import type { Config } from '#lib/config.ts';
import { type Arrival, claimsOf } from './arrival.ts';
import { authCookies } from './cookies.ts';
import { ownPath } from './own-path.ts';
import { SESSION_SECONDS, type SessionClaims, type SessionTokens } from './session-token.ts';

type Parts = {
  config: Config;
  /** The doors that are open, as next-auth takes them. */
  providers: Provider[];
  tokens: SessionTokens;
  warn: (fact: string, details?: object) => void;
};

/** next-auth's options for this desk: who may come in, and what their cookie holds. */
export function authOptions({ config, providers, tokens, warn }: Parts): NextAuthOptions {
  return {
    secret: config.authSecret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    cookies: authCookies(config),
    useSecureCookies: config.appUrl.startsWith('https:'),
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers,
    jwt: {
      encode: ({ token }) =>
        tokens.seal({
          sub: `${token?.sub}`,
          name: `${token?.name}`,
          unionId: unionIdIn(token?.unionId),
          told: token?.told as SessionClaims['told'],
        }),
      decode: async ({ token }) => tokens.open(token),
    },
    callbacks: {
      signIn: ({ account, user }) => {
        const arrival = arrivalOf(account, user);
        if (!arrival || 'person' in arrival) return true;
        warn('sign-in refused', { reason: arrival.refusal });
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

const unionIdIn = (value: unknown) => (typeof value === 'string' ? value : null);

const errorIn = (details: unknown) =>
  details instanceof Error ? details.message : ((details as { error?: Error })?.error?.message ?? 'unknown');
