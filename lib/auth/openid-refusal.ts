/** Why an OpenID Connect sign-in did not work, as the sign-in page explains it. */
export type OpenidRefusal =
  | 'oidc-unreachable'
  | 'oidc-issuer'
  | 'oidc-client'
  | 'oidc-code'
  | 'oidc-audience'
  | 'oidc-nonce'
  | 'oidc-time'
  | 'oidc-signature'
  | 'oidc-subject'
  | 'oidc-answer'
  | 'state';

/** A refusal of our own, beside those of the library. `message` is for the log and holds no secret. */
export class OpenidRefused extends Error {
  readonly reason: OpenidRefusal;

  constructor(reason: OpenidRefusal, message: string) {
    super(message);
    this.name = 'OpenidRefused';
    this.reason = reason;
  }
}

// Everything the library throws, read by shape: its classes may stand in several bundles of one process.
type Thrown = {
  name?: string;
  code?: string;
  /** What the provider's error body says, and the status it came with. */
  error?: string;
  status?: number;
  cause?: unknown;
};

const BY_CODE: Record<string, OpenidRefusal> = {
  OAUTH_TIMEOUT: 'oidc-unreachable',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'oidc-time',
  OAUTH_KEY_SELECTION_FAILED: 'oidc-signature',
  OAUTH_UNSUPPORTED_OPERATION: 'oidc-signature',
  OAUTH_WWW_AUTHENTICATE_CHALLENGE: 'oidc-client',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'oidc-issuer',
};

const BY_CLAIM: Record<string, OpenidRefusal> = {
  iss: 'oidc-issuer',
  issuer: 'oidc-issuer',
  aud: 'oidc-audience',
  azp: 'oidc-audience',
  nonce: 'oidc-nonce',
  sub: 'oidc-subject',
};

const BY_ERROR: Record<string, OpenidRefusal> = {
  invalid_client: 'oidc-client',
  unauthorized_client: 'oidc-client',
  invalid_grant: 'oidc-code',
};

/** Which of the refusals an error of the library is. */
export function openidRefusal(thrown: unknown): OpenidRefusal {
  if (thrown instanceof OpenidRefused) return thrown.reason;
  const { code = '', error, status = 0, cause } = (thrown ?? {}) as Thrown;
  // What fetch throws when nobody answers has no code of the library's.
  if (thrown instanceof TypeError && !code) return 'oidc-unreachable';
  if (error !== undefined) return BY_ERROR[error] ?? (status >= 500 ? 'oidc-unreachable' : 'oidc-answer');
  if (statusIn(cause) >= 500) return 'oidc-unreachable';
  return BY_CODE[code] ?? byFacts(factsIn(cause));
}

const statusIn = (cause: unknown) =>
  typeof cause === 'object' && cause !== null && 'status' in cause ? Number(cause.status) : 0;

type Facts = {
  claim?: string;
  attribute?: string;
  header?: object;
  signature?: object;
  parameters?: object;
  claims?: object;
};

/** The library hands its error on as the cause of another one, with the facts as the cause of that. */
function factsIn(cause: unknown): Facts {
  const inner = cause instanceof Error ? cause.cause : cause;
  return typeof inner === 'object' && inner !== null ? inner : {};
}

function byFacts({ claim, attribute, header, signature, parameters, claims }: Facts): OpenidRefusal {
  const named = BY_CLAIM[claim ?? attribute ?? ''];
  if (named) return named;
  if (header || signature) return 'oidc-signature';
  if (parameters) return 'state';
  if (claims && !('sub' in claims && claims.sub)) return 'oidc-subject';
  if (claims && !('nonce' in claims)) return 'oidc-nonce';
  return 'oidc-answer';
}

/** What the log says of it: the library's own words, which hold neither tokens nor secrets. */
export function openidDetail(thrown: unknown): string {
  const { code, error, cause } = (thrown ?? {}) as Thrown;
  const inner = cause instanceof Error ? cause.message : null;
  return [thrown instanceof Error ? thrown.message : null, code, error, inner].filter(Boolean).join(' · ');
}
