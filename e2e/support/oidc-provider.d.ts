/** The used part of the package, which has no types. */
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
