import { z } from 'zod';

const A_CLAIM = 'malformed: the name of a claim, or a path to it such as realm_access.roles';

/** What an OpenID Connect provider is described with. */
export const oidcShape = {
  OIDC_ISSUER: z
    .string()
    .refine(
      isIssuer,
      'malformed: the issuer as its provider spells it, such as https://id.example.com/realms/people, without query and fragment',
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ROLE_CLAIM: z.string().min(1, A_CLAIM).max(200, A_CLAIM).optional(),
  OIDC_SCOPE: z
    .string()
    .refine(
      (scope) => scope.split(' ').includes('openid'),
      'malformed: scopes with spaces between, openid among them',
    )
    .default('openid profile'),
  OIDC_NAME: z.string().trim().max(40, 'malformed: at most 40 characters').optional(),
};

type OidcEnvironment = z.output<z.ZodObject<typeof oidcShape>>;

/** An OpenID Connect provider, as this desk was told of it. */
export type OidcConfig = {
  /** To the letter as the provider spells it; a trailing slash makes another issuer. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** Where in the claims the role stands; null when they say nothing of it. */
  roleClaim: string | null;
  /** What people call the provider. */
  name: string;
};

/** The provider; null when there is none. */
export function oidcOf(env: OidcEnvironment): OidcConfig | null {
  if (env.OIDC_ISSUER === undefined) return null;
  return {
    issuer: env.OIDC_ISSUER,
    clientId: env.OIDC_CLIENT_ID ?? '',
    clientSecret: env.OIDC_CLIENT_SECRET ?? '',
    scope: env.OIDC_SCOPE,
    roleClaim: env.OIDC_ROLE_CLAIM ?? null,
    name: env.OIDC_NAME || new URL(env.OIDC_ISSUER).host,
  };
}

/** Says which of the settings are missing beside the others. */
export function checkOidc(env: OidcEnvironment, context: z.RefinementCtx): void {
  const addProblem = (name: keyof OidcEnvironment, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message });
  const { OIDC_ISSUER: issuer } = env;
  if (issuer === undefined) {
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ROLE_CLAIM', 'OIDC_NAME'] as const) {
      if (env[name] !== undefined)
        addProblem(name, 'means nothing without OIDC_ISSUER: set that too, or unset this');
    }
    return;
  }
  if (!env.OIDC_CLIENT_ID)
    addProblem('OIDC_CLIENT_ID', 'missing: the client id that the provider has for this desk');
  if (!env.OIDC_CLIENT_SECRET) {
    addProblem('OIDC_CLIENT_SECRET', 'missing: the client secret that the provider has for this desk');
  }
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && !/[?#\s,]/.test(text) && !url.username && !url.password
  );
}
