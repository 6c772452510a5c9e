import 'server-only';
import NextAuth from 'next-auth';
import type { Config } from '#lib/config/config.ts';
import type { Directory } from '#lib/dingtalk/people/directory.ts';
import type { OpenSession } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { ClientSource } from '#lib/domain/access/session.ts';
import type { Gate } from './answer-once.ts';
import { authOptions } from './auth-options.ts';
import { type CallbackRequest, isAwaited } from './awaited.ts';
import { authCookies } from './cookies.ts';
import { IN_APP_PROVIDER } from './in-app-provider.ts';
import { operatorOf } from './role-of.ts';
import { createSessionCookie, type SessionKeeper, type Visit } from './session-cookie.ts';
import { readClaims } from './session-token.ts';
import { transportsOf } from './sign-in-methods.ts';
import { DEMO_PROVIDER } from './subject.ts';

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
  /** The session behind a session cookie's value, or null. Rejects when sessions cannot be read. */
  session(cookieValue: string | undefined): Promise<OpenSession | null>;
  /** The person behind a session cookie's value, or null. */
  operator(cookieValue: string | undefined): Promise<Operator | null>;
  /** Whether a callback is one that a sign-in of this browser waits for, or a form of ours that next-auth checks. */
  awaits(request: CallbackRequest, provider: string): Promise<boolean>;
  /** next-auth's own routes, for somebody who is there. Rejects when sessions cannot be read or written. */
  handle(
    request: Request,
    context: { params: Promise<{ nextauth: string[] }> },
    given: Visit,
  ): Promise<Response>;
};

/** Providers whose callback is a form, with next-auth's token instead of a state. */
const FORMS = new Set([IN_APP_PROVIDER, DEMO_PROVIDER]);

/** How often sign-ins may be tried from where a request comes from. */
type SignInLimits = {
  askProvider(source: ClientSource): ReturnType<Gate['askProvider']>;
  strayCallback(source: ClientSource): Promise<void>;
};

/** Wires next-auth to the configuration, the directory, the sessions on the server and the limits of sign-ins. */
export function createAuth(
  config: Config,
  directory: Directory,
  warn: (fact: string, details?: object) => void,
  { sessions, limits }: { sessions: SessionKeeper; limits: SignInLimits },
  ask: typeof fetch = fetch,
): Auth {
  const cookie = createSessionCookie(sessions);
  const cookies = authCookies(config);
  const { providers, guard } = transportsOf({
    config,
    directory,
    warn,
    ask,
    gate: {
      spendState: (state) => sessions.spendState(state),
      askProvider: () => cookie.within((source) => limits.askProvider(source)),
      strayCallback: () => cookie.within((source) => limits.strayCallback(source)),
    },
  });
  const nextAuth = guard(NextAuth(authOptions({ config, providers, cookie, warn })) as NextAuthHandler);
  const session: Auth['session'] = async (value) => (value === undefined ? null : sessions.open(value));
  return {
    cookieName: cookies.sessionToken.name,
    returnToName: cookies.callbackUrl.name,
    session,
    operator: async (value) => (await session(value))?.operator ?? null,
    awaits: async (request, provider) => {
      if (request.method === 'POST') return FORMS.has(provider);
      const { authSecret: secret } = config;
      return isAwaited(request, { provider, stateCookie: cookies.state.name, secret });
    },
    handle: (request, context, given) => cookie.during(given, () => nextAuth(request, context)),
  };
}

/** The person behind what was kept of a sign-in, with the role the configuration gives them now; null for nobody. */
export const personBehind =
  (config: Config) =>
  (kept: object): Operator | null => {
    const claims = readClaims(kept);
    return claims && operatorOf(config, claims);
  };
