import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

/** All people of the provider; their roles are in the claim `desk.roles`, for the scope `desk`. */
const PEOPLE: Record<string, { name: string; roles: string[] }> = {
  ada: { name: 'Ada Lovelace', roles: ['people', 'rooms-desk-support'] },
  grace: { name: 'Grace Hopper', roles: ['admin'] },
  alan: { name: 'Alan Turing', roles: ['people'] },
};

const CLIENT = { OIDC_CLIENT_ID: 'rooms-desk', OIDC_CLIENT_SECRET: 'canary-openid-secret' };

export type OpenidProvider = {
  /** The provider's data for the settings of Rooms Desk. */
  env: Record<string, string>;
  /** Registers Rooms Desk as a client, whose address is known only after it has started. */
  register(serverUrl: string): void;
  close(): Promise<void>;
};

/** Starts a certified OpenID provider on loopback, with its own sign-in pages. */
export async function startOpenidProvider(): Promise<OpenidProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' };
  let provider: Provider | null = null;
  const server = createServer((request, response) => {
    if (provider) return provider.callback()(request, response);
    response.writeHead(503).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      ...CLIENT,
      OIDC_ISSUER: issuer,
      OIDC_NAME: 'Example ID',
      OIDC_SCOPE: 'openid profile desk',
      OIDC_ROLE_CLAIM: 'desk.roles',
    },
    register(serverUrl) {
      provider ??= new Provider(issuer, {
        clients: [
          {
            client_id: CLIENT.OIDC_CLIENT_ID,
            client_secret: CLIENT.OIDC_CLIENT_SECRET,
            redirect_uris: [`${serverUrl}/api/auth/callback/oidc`],
          },
        ],
        claims: { openid: ['sub'], profile: ['name'], desk: ['desk'] },
        jwks: { keys: [key] },
        cookies: { keys: ['a key for tests alone'] },
        findAccount: (_context, id) => {
          const person = PEOPLE[id];
          if (!person) return undefined;
          const { name, roles } = person;
          return { accountId: id, claims: () => ({ sub: id, name, desk: { roles } }) };
        },
      });
    },
    close: () => new Promise((closed) => void server.close(() => closed()).closeAllConnections()),
  };
}
