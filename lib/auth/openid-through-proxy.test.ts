import { calculatePKCECodeChallenge } from 'openid-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fetchThrough } from '#lib/egress/clients.ts';
import { createEgressProxy } from '#lib/egress/egress-proxy.ts';
import { type ConnectProxy, startConnectProxy } from '#lib/testing/servers/connect-proxy.ts';
import {
  OPENID_CLIENT,
  type ScriptedOpenid,
  startScriptedOpenid,
} from '#lib/testing/servers/scripted-openid.ts';
import { startTlsFront, trustTestAuthority } from '#lib/testing/servers/tls-front.ts';
import { createOpenid } from './openid.ts';
import { openidRefusal } from './openid-refusal.ts';

const ISSUER = 'https://id.rooms.test';
const BACK = 'http://localhost:3000/api/auth/callback/oidc';
const CHECKS = { state: 'the-state', nonce: 'the-nonce', code_verifier: 'v'.repeat(43) };

let provider: ScriptedOpenid;
let front: Awaited<ReturnType<typeof startTlsFront>>;
let proxy: ConnectProxy;
let distrust: () => void;
let warned: object[] = [];
beforeAll(async () => {
  provider = await startScriptedOpenid('248289761001', ISSUER);
  front = await startTlsFront(provider.port);
  proxy = await startConnectProxy({ user: 'desk', password: 'canary:pass' });
  proxy.routes = { 'id.rooms.test:443': front.port };
  distrust = trustTestAuthority();
});
afterEach(() => {
  proxy.way = 'connect';
  warned = [];
  provider.behave();
});
afterAll(async () => {
  distrust();
  await Promise.all([provider.close(), front.close(), proxy.close()]);
});

function openid() {
  const oidc = { ...OPENID_CLIENT, issuer: ISSUER, scope: 'openid', roleClaim: 'roles', name: 'ID' };
  const ask = fetchThrough(createEgressProxy({ proxyUrl: proxy.url, noProxy: '' }));
  return createOpenid(oidc, (_fact, details) => warned.push(details), { ask });
}

/** A code, as a browser brings it; the browser is not behind the proxy. */
async function codeFor(): Promise<string> {
  const transport = new URL(`http://127.0.0.1:${provider.port}/authorize`);
  const challenge = await calculatePKCECodeChallenge(CHECKS.code_verifier);
  transport.search = `${new URLSearchParams({ redirect_uri: BACK, nonce: CHECKS.nonce, code_challenge: challenge })}`;
  const answer = await fetch(transport, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

test('signs people in with a provider that only the proxy reaches, including keys, token and userinfo', async () => {
  const asked = openid();
  expect(await asked.authorizationUrl()).toBe(`${ISSUER}/authorize`);
  const arrival = await asked.arrive(BACK, { code: await codeFor(), state: CHECKS.state }, CHECKS);
  expect(arrival).toMatchObject({ person: { account: `${ISSUER}#248289761001` } });
  expect(provider.asked.filter((path) => path !== '/authorize')).toEqual([
    ...['/.well-known/openid-configuration', '/token', '/keys', '/userinfo'],
  ]);
  expect([...new Set(proxy.targets)]).toEqual(['id.rooms.test:443']);
});

test('cannot reach the provider without the proxy', async () => {
  const asked = proxy.targets.length;
  const oidc = { ...OPENID_CLIENT, issuer: ISSUER, scope: 'openid', roleClaim: null, name: 'ID' };
  const thrown = await createOpenid(oidc, () => undefined)
    .authorizationUrl()
    .catch((error) => error);
  expect(openidRefusal(thrown)).toBe('oidc-unreachable');
  expect(proxy.targets).toHaveLength(asked);
});

test.each<[ConnectProxy['way'], string]>([
  [{ status: 407 }, '407'],
  ['hang-up', 'ECONNRESET'],
])('a proxy that does %o is logged without its credentials', async (way, what) => {
  proxy.way = way;
  const arrival = await openid().arrive(BACK, { code: 'c', state: CHECKS.state }, CHECKS);
  expect(arrival).toEqual({ refusal: 'oidc-unreachable' });
  expect(JSON.stringify(warned)).toContain(`did not connect: ${what}`);
  expect(JSON.stringify(warned)).not.toMatch(/canary/);
});

test('a provider that fails behind the proxy is reported as unreachable', async () => {
  provider.behave({ answer: { status: 503, body: '<html>' } });
  const asked = openid();
  await asked.authorizationUrl();
  const arrival = await asked.arrive(BACK, { code: await codeFor(), state: CHECKS.state }, CHECKS);
  expect(arrival).toEqual({ refusal: 'oidc-unreachable' });
});
