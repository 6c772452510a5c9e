import 'server-only';
import * as client from 'openid-client';
import type { OidcConfig } from '#lib/config/config.ts';
import type { Arrival } from './arrival.ts';
import { claimAt, claimedRole } from './claimed-role.ts';
import { OpenidRefused, openidDetail, openidRefusal } from './openid-refusal.ts';
import { OIDC_PROVIDER, oidcAccount } from './subject.ts';

const ANSWER_WITHIN_SECONDS = 5;
// Long enough for many at once, short enough that a provider that went down is found out before a browser is sent there.
const DISCOVERY_KEPT_MS = 10_000;
/** By how many seconds two clocks may differ. */
const CLOCKS_DIFFER_SECONDS = 10;
// OpenID Connect Core 2: at most 255 ASCII characters.
const SUBJECT = /^[\x20-\x7e]{1,255}$/;
const MOST_NAME = 200;

type Warn = (fact: string, details: object) => void;
type Checks = { state?: string; nonce?: string; code_verifier?: string };

/** An OpenID Connect provider, asked with everything it says checked. */
export type Openid = {
  /** Where browsers are sent to sign in. Throws OpenidRefused, or what the library throws. */
  authorizationUrl(): Promise<string>;
  /** Who comes back with these parameters to this address. Never throws: trouble is a refusal, and is logged. */
  arrive(callbackUrl: string, returned: Record<string, unknown>, checks: Checks): Promise<Arrival>;
};

type Means = { now?: () => number; ask?: typeof fetch };

/** Asks the provider of the configuration, with `ask`. What it says of itself is kept for ten seconds. */
export function createOpenid(
  oidc: OidcConfig,
  warn: Warn,
  { now = Date.now, ask = fetch }: Means = {},
): Openid {
  let kept: { at: number; settings: Promise<client.Configuration> } | null = null;
  const discovered = () => {
    if (kept && now() - kept.at < DISCOVERY_KEPT_MS) return kept.settings;
    const settings = discover(oidc, ask);
    const fresh = { at: now(), settings };
    kept = fresh;
    // A provider that was down is asked again by the next person.
    settings.catch(() => {
      if (kept === fresh) kept = null;
    });
    return settings;
  };
  return {
    authorizationUrl: async () => `${(await discovered()).serverMetadata().authorization_endpoint}`,
    arrive: async (callbackUrl, returned, checks) => {
      try {
        return await arrive(await discovered(), oidc, addressOf(callbackUrl, returned), checks);
      } catch (thrown) {
        const refusal = openidRefusal(thrown);
        warn('OpenID Connect sign-in refused', { reason: refusal, detail: openidDetail(thrown) });
        return { refusal };
      }
    },
  };
}

async function discover(oidc: OidcConfig, ask: typeof fetch): Promise<client.Configuration> {
  // Only a provider on this machine is asked in clear; config.ts lets no other be named so.
  const inClear = oidc.issuer.startsWith('http:');
  const settings = await client.discovery(
    new URL(oidc.issuer),
    oidc.clientId,
    { [client.clockTolerance]: CLOCKS_DIFFER_SECONDS },
    authentication(oidc.clientSecret),
    {
      timeout: ANSWER_WITHIN_SECONDS,
      [client.customFetch]: (url, options) => ask(url, { ...(options as RequestInit), cache: 'no-store' }),
      // Without it the library believes an unsigned token because it came over TLS.
      execute: [client.enableNonRepudiationChecks, ...(inClear ? [client.allowInsecureRequests] : [])],
    },
  );
  const { issuer, authorization_endpoint: transport = '' } = settings.serverMetadata();
  // The library compares addresses, where a trailing slash may come and go; tokens compare texts.
  if (issuer !== oidc.issuer) {
    throw new OpenidRefused(
      'oidc-issuer',
      `OIDC_ISSUER is ${oidc.issuer}, the provider calls itself ${issuer}`,
    );
  }
  if (!(inClear ? /^https?:\/\//i : /^https:\/\//i).test(transport)) {
    throw new OpenidRefused('oidc-issuer', `the provider sends browsers to ${transport || 'nowhere'}`);
  }
  return settings;
}

/** In a header, as the standard has it, unless the provider says that it takes the secret in the body alone. */
function authentication(secret: string): client.ClientAuth {
  const inBody = client.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    if (!methods.includes('client_secret_basic')) return inBody(server, ...rest);
    const [{ client_id }, , headers] = rest;
    // The library's own escapes "-" and "." too, which providers that do not undo it take for another client.
    const pair = [client_id, secret]
      .map((part) => new URLSearchParams([['', part]]).toString().slice(1))
      .join(':');
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  };
}

async function arrive(
  settings: client.Configuration,
  oidc: OidcConfig,
  address: URL,
  { state, nonce, code_verifier }: Checks,
): Promise<Arrival> {
  if (!state || !nonce || !code_verifier)
    throw new OpenidRefused('state', 'the checks of this browser are gone');
  const tokens = await client.authorizationCodeGrant(settings, address, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: code_verifier,
    idTokenExpected: true,
  });
  const proven = tokens.claims();
  if (!proven || !SUBJECT.test(proven.sub))
    throw new OpenidRefused('oidc-subject', 'no subject that can be one');
  const claims = await withUserInfo(settings, oidc, proven, tokens.access_token);
  const claim = oidc.roleClaim === null ? undefined : claimedRole(claims, oidc.roleClaim);
  return {
    person: {
      provider: OIDC_PROVIDER,
      account: oidcAccount(oidc.issuer, proven.sub),
      name: nameIn(claims) ?? proven.sub,
      unionId: null,
      asserted: claim ? { claim } : {},
    },
  };
}

/** Many providers tell name and roles only where the token is asked about; the proven claims have the last word. */
async function withUserInfo(
  settings: client.Configuration,
  { roleClaim }: OidcConfig,
  proven: client.IDToken,
  accessToken: string,
): Promise<object> {
  const complete =
    nameIn(proven) !== null && (roleClaim === null || claimAt(proven, roleClaim) !== undefined);
  if (complete || !settings.serverMetadata().userinfo_endpoint) return proven;
  return { ...(await client.fetchUserInfo(settings, accessToken, proven.sub)), ...proven };
}

function nameIn(claims: object): string | null {
  const named = ['name', 'preferred_username'].map((claim) => claimAt(claims, claim));
  const name = named.find((each) => typeof each === 'string' && each.trim() !== '');
  return typeof name === 'string' ? name.trim().slice(0, MOST_NAME) : null;
}

function addressOf(callbackUrl: string, returned: Record<string, unknown>): URL {
  const address = new URL(callbackUrl);
  for (const [name, value] of Object.entries(returned)) {
    if (typeof value === 'string') address.searchParams.set(name, value);
  }
  return address;
}
