import 'server-only';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { OidcConfig } from '#lib/config/config.ts';
import { answerOnce, type Gate } from './answer-once.ts';
import { type Arrival, profileOf } from './arrival.ts';
import type { Openid } from './openid.ts';
import { OIDC_PROVIDER } from './subject.ts';

/** Requests to next-auth that lead to the provider or back from it. */
const THERE_AND_BACK = /^POST .*\/signin\/oidc$|\/callback\/oidc$/;

type Handle<C> = (request: Request, context: C) => Promise<Response>;

/** An OpenID Connect provider as next-auth takes it, and the way to it. */
export type OidcFlow = {
  provider: OAuthConfig<Arrival>;
  /** Asks the provider who it is before next-auth sends a browser there; trouble goes to the sign-in page. */
  guard<C>(handle: Handle<C>): Handle<C>;
};

/**
 * next-auth makes state, nonce and PKCE's verifier, keeps them in cookies and hands them on; everything that the
 * provider answers is checked in openid.ts, because next-auth takes over whatever issuer a discovery document names.
 */
export function createOidcFlow(
  oidc: OidcConfig,
  openid: Openid,
  gate: Gate,
  signInError: (thrown: unknown, wayBack: string | null) => Response,
): OidcFlow {
  let address = oidc.issuer;
  return {
    provider: {
      id: OIDC_PROVIDER,
      name: oidc.name,
      type: 'oauth',
      clientId: oidc.clientId,
      issuer: oidc.issuer,
      checks: ['pkce', 'state', 'nonce'],
      authorization: {
        // next-auth reads it at every request, and the guard has set it by then.
        get url() {
          return address;
        },
        params: { scope: oidc.scope },
      },
      token: {
        request: async ({ provider, params, checks }) => {
          const states = { returned: params.state, sent: checks.state };
          const arrive = () => openid.arrive(provider.callbackUrl, params, checks);
          return { tokens: { arrival: await answerOnce(gate, states, arrive) } };
        },
      },
      userinfo: { request: async ({ tokens }) => tokens.arrival as never },
      profile: profileOf,
    },
    guard: (handle) => async (request, context) => {
      if (!THERE_AND_BACK.test(`${request.method} ${new URL(request.url).pathname}`))
        return handle(request, context);
      try {
        address = await openid.authorizationUrl();
      } catch (thrown) {
        return signInError(thrown, await wayBackOf(request));
      }
      return handle(request, context);
    },
  };
}

/** Where the person wants to be afterwards: in the form that begins a sign-in; later next-auth's cookie knows it. */
async function wayBackOf(request: Request): Promise<string | null> {
  try {
    const way = (await request.formData()).get('callbackUrl');
    return typeof way === 'string' ? way : null;
  } catch {
    return null;
  }
}
