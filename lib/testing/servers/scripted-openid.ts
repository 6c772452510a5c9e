import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const OPENID_CLIENT = { clientId: 'rooms-desk', clientSecret: 'canary:openid client+secret%' };

type Claims = Record<string, unknown>;
type Reply = { status: number; body: unknown };

/** What it does otherwise than an honest provider would. */
export type Twist = {
  discovery?: (honest: Claims) => unknown;
  claims?: (honest: Claims) => Claims;
  /** The token itself, from the claims and how an honest provider signs. */
  token?: (claims: Claims, sign: (claims: Claims) => Promise<string>) => Promise<string>;
  /** What the token endpoint answers instead. */
  answer?: Reply;
  userinfo?: Reply;
};

/** An OpenID Connect provider that signs everybody in immediately, as `sub`, and can be made to misbehave. */
export type ScriptedOpenid = {
  issuer: string;
  /** Where it listens on loopback, whatever it calls itself. */
  port: number;
  /** Starts afresh: honest but for the twist. */
  behave(twist?: Twist): void;
  /** The requested paths, oldest first. */
  asked: string[];
  close(): Promise<void>;
};

type Pass = { nonce: string | null; challenge: string | null };
type Sign = (claims: Claims) => Promise<string>;
type State = {
  issuer: string;
  sub: string;
  twist: Twist;
  passes: Map<string, Pass>;
  sign: Sign;
  keys: object[];
};

/** Starts one on loopback, on any free port, which calls itself `issuer` if that is given. */
export async function startScriptedOpenid(sub = '248289761001', issuer?: string): Promise<ScriptedOpenid> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const key = { ...(await exportJWK(publicKey)), kid: 'its-key', use: 'sig', alg: 'RS256' };
  const sign: Sign = (claims) =>
    new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'RS256', kid: 'its-key' }).sign(privateKey);
  const state: State = { issuer: '', sub, twist: {}, passes: new Map(), sign, keys: [key] };
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', state.issuer);
    asked.push(url.pathname);
    if (url.pathname === '/authorize') return authorize(state, url, response);
    const { status, body } = await replyTo(state, url.pathname, request);
    const [type, text] =
      typeof body === 'string' ? ['text/html', body] : ['application/json', JSON.stringify(body)];
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  state.issuer = issuer ?? `http://127.0.0.1:${port}`;
  return {
    issuer: state.issuer,
    port,
    asked,
    behave(next = {}) {
      state.twist = next;
      asked.length = 0;
    },
    close: () => new Promise((closed) => void server.close(() => closed()).closeAllConnections()),
  };
}

async function replyTo(state: State, path: string, request: IncomingMessage): Promise<Reply> {
  const { twist, sub, keys } = state;
  if (path === '/token') return token(state, request);
  if (path === '/keys') return { status: 200, body: { keys } };
  if (path === '/userinfo') return twist.userinfo ?? { status: 200, body: { sub } };
  if (path !== '/.well-known/openid-configuration') return { status: 404, body: {} };
  const honest = metadata(state.issuer);
  return { status: 200, body: twist.discovery?.(honest) ?? honest };
}

const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/keys`,
  id_token_signing_alg_values_supported: ['RS256'],
});

/** Accepts every person and redirects the browser back with a code. */
function authorize({ passes }: State, { searchParams }: URL, response: ServerResponse): void {
  const code = randomUUID();
  passes.set(code, { nonce: searchParams.get('nonce'), challenge: searchParams.get('code_challenge') });
  const back = new URL(searchParams.get('redirect_uri') ?? '');
  back.searchParams.set('code', code);
  back.searchParams.set('state', searchParams.get('state') ?? '');
  response.writeHead(302, { location: back.href }).end();
}

async function token({ issuer, sub, twist, passes, sign }: State, request: IncomingMessage): Promise<Reply> {
  if (twist.answer) return twist.answer;
  const form = new URLSearchParams(await textOf(request));
  const pass = passes.get(form.get('code') ?? '');
  passes.delete(form.get('code') ?? '');
  if (!isClient(request, form)) return { status: 401, body: { error: 'invalid_client' } };
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (!pass || pass.challenge !== proof) return { status: 400, body: { error: 'invalid_grant' } };
  const now = Math.floor(Date.now() / 1000);
  const whom = { iss: issuer, sub, aud: OPENID_CLIENT.clientId, name: 'Ada' };
  const honest = { ...whom, nonce: pass.nonce, iat: now, exp: now + 300 };
  const claims = twist.claims?.(honest) ?? honest;
  const id_token = await (twist.token?.(claims, sign) ?? sign(claims));
  return { status: 200, body: { access_token: 'canary-access', token_type: 'Bearer', id_token } };
}

/** By a header or by the form, as RFC 6749 2.3.1 has them. */
function isClient({ headers }: IncomingMessage, form: URLSearchParams): boolean {
  const header = Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
  const given = header
    ? header.split(':').map((part) => new URLSearchParams(`x=${part}`).get('x'))
    : [form.get('client_id'), form.get('client_secret')];
  return given.join(':') === Object.values(OPENID_CLIENT).join(':');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
