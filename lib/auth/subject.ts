/** A session's name for a person, taken apart. */
export type Subject = {
  /** The door they came through: `dingtalk`, `oidc`, `demo`. */
  provider: string;
  /** Who vouches for them, where a provider says so; null for DingTalk and the demo. */
  issuer: string | null;
  /** Their name at the provider: a union id, an OpenID Connect subject, a demo account. */
  account: string;
};

/**
 * Writes the name of somebody whom an OpenID Connect provider knows, after its own id: `{issuer}#{sub}`. An issuer
 * has no fragment, so the first `#` ends it and no two providers can name the same person.
 */
export const oidcAccount = (issuer: string, sub: string): string => `${issuer}#${sub}`;

/** Reads `dingtalk:lPHh...`, `oidc:https://id.example.com#248289761001` or `demo:viewer`. */
export function readSubject(subject: string): Subject {
  const [provider = '', rest = ''] = subject.split(/:(.*)/s);
  if (provider !== OIDC_PROVIDER) return { provider, issuer: null, account: rest };
  const [issuer = '', account = ''] = rest.split(/#(.*)/s);
  return { provider, issuer, account };
}

/** Provider id of OpenID Connect. */
export const OIDC_PROVIDER = 'oidc';
/** Provider id of the demo's local sign-in. */
export const DEMO_PROVIDER = 'demo';
/** Provider id of DingTalk, by whichever of its two doors. */
export const DINGTALK_PROVIDER = 'dingtalk';
