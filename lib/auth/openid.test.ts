import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { calculatePKCECodeChallenge } from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  OPENID_CLIENT,
  type ScriptedOpenid,
  startScriptedOpenid,
  type Twist,
} from '#lib/testing/servers/scripted-openid.ts';
import { createOpenid } from './openid.ts';
import { openidRefusal } from './openid-refusal.ts';

const BACK = 'http://localhost:3000/api/auth/callback/oidc';
const CHECKS = { state: 'the-state', nonce: 'the-nonce', code_verifier: 'v'.repeat(43) };

let provider: ScriptedOpenid;
let warned: object[] = [];
beforeAll(async () => {
  provider = await startScriptedOpenid();
});
beforeEach(() => {
  warned = [];
  provider.behave();
});
afterAll(() => provider.close());

const settings = () => ({
  ...OPENID_CLIENT,
  issuer: provider.issuer,
  scope: 'openid profile',
  roleClaim: 'roles' as string | null,
  name: 'ID',
});
const openid = (more: object = {}) =>
  createOpenid({ ...settings(), ...more }, (_fact, details) => warned.push(details));

/** A complete sign-in at the provider, as a browser does it. */
async function comeBack(changed: Record<string, string> = {}): Promise<Record<string, string>> {
  const transport = new URL(await openid().authorizationUrl());
  transport.search = `${new URLSearchParams({
    redirect_uri: BACK,
    state: CHECKS.state,
    nonce: CHECKS.nonce,
    code_challenge: await calculatePKCECodeChallenge(CHECKS.code_verifier),
  })}`;
  const answer = await fetch(transport, { redirect: 'manual' });
  const { searchParams } = new URL(answer.headers.get('location') ?? '');
  return { ...Object.fromEntries(searchParams), ...changed };
}

async function arrive(twist: Twist = {}, more: object = {}, checks: object = CHECKS) {
  const returned = await comeBack();
  provider.behave(twist);
  return openid(more).arrive(BACK, returned, checks);
}

const person = async (...asked: Parameters<typeof arrive>) => {
  const arrival = await arrive(...asked);
  return 'person' in arrival ? arrival.person : expect.fail(JSON.stringify({ arrival, warned }));
};
const refusal = async (...asked: Parameters<typeof arrive>) => {
  const arrival = await arrive(...asked);
  expect(JSON.stringify(warned), 'no secret is logged').not.toMatch(/canary/);
  return 'refusal' in arrival ? arrival.refusal : expect.fail('they were let in');
};

describe('a person who returns from an OpenID Connect provider', () => {
  test('is identified by issuer and subject only', async () => {
    const claims: Twist['claims'] = (honest) => ({ ...honest, email: 'boss@example.com', unionId: 'lPHh' });
    expect(await person({ claims })).toEqual({
      provider: 'oidc',
      account: `${provider.issuer}#248289761001`,
      name: 'Ada',
      unionId: null,
      asserted: {},
    });
  });

  test('has the role that the token’s claim names', async () => {
    const claims: Twist['claims'] = (honest) => ({ ...honest, roles: ['people', 'rooms-desk-support'] });
    expect((await person({ claims })).asserted).toEqual({ claim: 'support' });
    expect((await person({ claims }, { roleClaim: null })).asserted).toEqual({});
    expect(provider.asked).not.toContain('/userinfo');
  });

  test('has the role and the name of userinfo only if the token does not contain them', async () => {
    const claims: Twist['claims'] = ({ name: _, ...honest }) => honest;
    const userinfo = {
      status: 200,
      body: { sub: '248289761001', roles: 'admin', preferred_username: 'ada' },
    };
    expect(await person({ claims, userinfo })).toMatchObject({ name: 'ada', asserted: { claim: 'admin' } });
  });

  test('gets no role from other claims of the token', async () => {
    const claims: Twist['claims'] = ({ name: _, ...honest }) => ({ ...honest, roles: ['viewer'] });
    const userinfo = { status: 200, body: { sub: '248289761001', roles: 'admin', iss: 'x' } };
    expect(await person({ claims, userinfo })).toMatchObject({
      account: `${provider.issuer}#248289761001`,
      asserted: { claim: 'viewer' },
    });
  });

  test('is named by their subject when the provider sends no name', async () => {
    expect((await person({ claims: (honest) => ({ ...honest, name: ' ' }) })).name).toBe('248289761001');
  });
});

const now = () => Math.floor(Date.now() / 1000);
const TWISTED: [what: string, twist: Twist, refusal: string][] = [
  ['of another issuer', { claims: (c) => ({ ...c, iss: 'https://evil.example' }) }, 'oidc-issuer'],
  ['of its issuer with another slash', { claims: (c) => ({ ...c, iss: `${c.iss}/` }) }, 'oidc-issuer'],
  ['for another application', { claims: (c) => ({ ...c, aud: 'another' }) }, 'oidc-audience'],
  [
    'for many, issued to another',
    { claims: (c) => ({ ...c, aud: ['rooms-desk', 'b'], azp: 'b' }) },
    'oidc-audience',
  ],
  ['of another sign-in', { claims: (c) => ({ ...c, nonce: 'another' }) }, 'oidc-nonce'],
  ['of no sign-in', { claims: ({ nonce: _, ...c }) => c }, 'oidc-nonce'],
  ['that has expired', { claims: (c) => ({ ...c, exp: now() - 60 }) }, 'oidc-time'],
  ['that begins later', { claims: (c) => ({ ...c, nbf: now() + 60 }) }, 'oidc-time'],
  ['without a subject', { claims: ({ sub: _, ...c }) => c }, 'oidc-subject'],
  ['with an empty subject', { claims: (c) => ({ ...c, sub: '' }) }, 'oidc-subject'],
  ['with a line break in the subject', { claims: (c) => ({ ...c, sub: 'a\nb' }) }, 'oidc-subject'],
  ['with a subject that is too long', { claims: (c) => ({ ...c, sub: 'a'.repeat(256) }) }, 'oidc-subject'],
  ['without a signature', { token: async (c) => new UnsecuredJWT(c).encode() }, 'oidc-signature'],
  [
    'without a signature, as the provider announces',
    {
      discovery: (d) => ({ ...d, id_token_signing_alg_values_supported: ['none', 'RS256'] }),
      token: async (c) => new UnsecuredJWT(c).encode(),
    },
    'oidc-signature',
  ],
  [
    'signed with our own secret',
    {
      discovery: (d) => ({ ...d, id_token_signing_alg_values_supported: ['HS256', 'RS256'] }),
      token: (c) =>
        new SignJWT(c).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(OPENID_CLIENT.clientSecret)),
    },
    'oidc-signature',
  ],
  [
    'signed by another key',
    {
      token: async (c) => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(c).setProtectedHeader({ alg: 'RS256', kid: 'its-key' }).sign(privateKey);
      },
    },
    'oidc-signature',
  ],
  ['altered after it was signed', { token: async (c, sign) => altered(await sign(c)) }, 'oidc-signature'],
  ['that is malformed', { token: async () => 'x.y' }, 'oidc-answer'],
];

function altered(token: string): string {
  const [header, claims = '', signature] = token.split('.');
  const asserted = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
  return [
    header,
    Buffer.from(JSON.stringify({ ...asserted, roles: ['admin'] })).toString('base64url'),
    signature,
  ].join('.');
}

test.each(TWISTED)('is refused with a token %s', async (_, twist, expected) => {
  expect(await refusal(twist)).toBe(expected);
  expect(warned).toMatchObject([{ reason: expected, detail: expect.stringMatching(/./) }]);
});

const ANSWERS: [what: string, twist: Twist, refusal: string][] = [
  ['does not know the client', { answer: { status: 401, body: { error: 'invalid_client' } } }, 'oidc-client'],
  ['rejects the code', { answer: { status: 400, body: { error: 'invalid_grant' } } }, 'oidc-code'],
  ['has a fault', { answer: { status: 502, body: '<html>' } }, 'oidc-unreachable'],
  ['answers with a page', { answer: { status: 200, body: '<html>' } }, 'oidc-answer'],
  [
    'answers no token',
    { answer: { status: 200, body: { access_token: 'a', token_type: 'Bearer' } } },
    'oidc-answer',
  ],
  [
    'returns another person',
    { userinfo: { status: 200, body: { sub: 'another', roles: 'admin' } } },
    'oidc-subject',
  ],
  ['fails to return userinfo', { userinfo: { status: 500, body: {} } }, 'oidc-unreachable'],
];

test.each(ANSWERS)('gets a distinct error when the provider %s', async (_, twist, expected) => {
  expect(await refusal(twist)).toBe(expected);
});

describe('a sign-in of another browser', () => {
  test.each([
    ['another state', { ...CHECKS, state: 'another' }, 'state'],
    ['no state', { ...CHECKS, state: undefined }, 'state'],
    ['another nonce', { ...CHECKS, nonce: 'another' }, 'oidc-nonce'],
    ['no nonce', { ...CHECKS, nonce: undefined }, 'state'],
    ['another verifier', { ...CHECKS, code_verifier: 'w'.repeat(43) }, 'oidc-code'],
    ['no verifier', { ...CHECKS, code_verifier: undefined }, 'state'],
  ])('is refused for %s', async (_, checks, expected) => {
    expect(await refusal({}, {}, checks)).toBe(expected);
  });

  test('is refused when its answer names another issuer than the one asked', async () => {
    const returned = await comeBack({ iss: 'https://evil.example' });
    expect(await openid().arrive(BACK, returned, CHECKS)).toEqual({ refusal: 'state' });
  });

  test('is refused when its code was used before', async () => {
    const returned = await comeBack();
    expect(await openid().arrive(BACK, returned, CHECKS)).toHaveProperty('person');
    expect(await openid().arrive(BACK, returned, CHECKS)).toEqual({ refusal: 'oidc-code' });
  });
});

test('sends the secret in the body to a provider that accepts only this', async () => {
  const methods = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
  expect(await person({ discovery: (d) => ({ ...d, ...methods }) })).toMatchObject({ name: 'Ada' });
});

describe('the discovery document of a provider', () => {
  const errorOf = async (twist: Twist, more: object = {}) => {
    provider.behave(twist);
    return openid(more)
      .authorizationUrl()
      .then(
        () => expect.fail('it was believed'),
        (thrown: unknown) => openidRefusal(thrown),
      );
  };

  test('must name exactly the configured issuer', async () => {
    expect(await errorOf({ discovery: (d) => ({ ...d, issuer: 'https://evil.example' }) })).toBe(
      'oidc-issuer',
    );
    expect(await errorOf({ discovery: (d) => ({ ...d, issuer: `${provider.issuer}/` }) })).toBe(
      'oidc-issuer',
    );
    expect(await errorOf({ discovery: ({ issuer: _, ...d }) => d })).toBe('oidc-answer');
  });

  test('must redirect browsers to an http or https address', async () => {
    for (const transport of ['javascript:alert(1)', 'data:text/html,x', '', undefined]) {
      expect(await errorOf({ discovery: (d) => ({ ...d, authorization_endpoint: transport }) })).toBe(
        'oidc-issuer',
      );
    }
  });

  test('must exist', async () => {
    expect(await errorOf({}, { issuer: 'http://127.0.0.1:1' })).toBe('oidc-unreachable');
    expect(await errorOf({}, { issuer: `${provider.issuer}/nowhere` })).toBe('oidc-answer');
    expect(await errorOf({ discovery: () => '<html>' })).toBe('oidc-answer');
  });

  test('is cached for ten seconds, and an error is not', async () => {
    let time = 0;
    const asked = createOpenid(settings(), () => undefined, { now: () => time });
    provider.behave({ discovery: () => '<html>' });
    await expect(asked.authorizationUrl()).rejects.toThrow();
    provider.behave();
    await asked.authorizationUrl();
    time = 9_999;
    expect(await asked.authorizationUrl()).toBe(`${provider.issuer}/authorize`);
    expect(provider.asked).toHaveLength(1);
    time += 1;
    await asked.authorizationUrl();
    expect(provider.asked).toHaveLength(2);
  });
});
