import { encode } from 'next-auth/jwt';
import { expect, test } from 'vitest';
import { isAwaited } from './awaited.ts';

const SECRET = 'a secret that is long enough for a test';
const NAME = 'rooms-desk.state';

/** A callback with the state cookie as next-auth makes it, unless another is given. */
async function callback(
  query: string,
  given: { provider?: string; secret?: string; token?: string | null } = {},
) {
  const { provider = 'dingtalk', secret = SECRET } = given;
  const made = await encode({ token: { value: 'sent', provider }, secret, salt: NAME, maxAge: 900 });
  const token = given.token === undefined ? made : given.token;
  const cookies = {
    get: (name: string) => (name === NAME && token !== null ? { value: token } : undefined),
  };
  const url = `https://desk.example/api/auth/callback/dingtalk?${query}`;
  return isAwaited({ url, cookies }, { provider: 'dingtalk', stateCookie: NAME, secret: SECRET });
}

test('a callback with the state of this browser is expected', async () => {
  expect(await callback('code=c&state=sent')).toBe(true);
});

test.each([
  ['another state', 'code=c&state=other', {}],
  ['no state', 'code=c', {}],
  ['an error in place of a code', 'error=access_denied&state=sent', {}],
  ['no cookie', 'code=c&state=sent', { token: null }],
  ['an invalid cookie', 'code=c&state=sent', { token: 'junk' }],
  ['a forged cookie', 'code=c&state=sent', { secret: 'another secret of the same kind' }],
  ['the cookie of another provider', 'code=c&state=sent', { provider: 'oidc' }],
])('with %s it is not expected', async (_, query, given) => {
  expect(await callback(query, given)).toBe(false);
});
