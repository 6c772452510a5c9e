/** As much of the package as e2e/support/openid-provider.ts uses; it carries no types of its own. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  type Account = { accountId: string; claims: () => Record<string, unknown> };

  export class Provider {
    constructor(
      issuer: string,
      settings: {
        clients: Record<string, unknown>[];
        claims: Record<string, string[]>;
        jwks: { keys: object[] };
        cookies: { keys: string[] };
        findAccount: (context: unknown, id: string) => Account | undefined;
      },
    );
    callback(): RequestListener;
  }
}
