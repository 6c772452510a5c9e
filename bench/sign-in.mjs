import { mustBe } from './ask.mjs';

/**
 * Signs in as a demo account, as its button on the sign-in page does.
 * @param {string} url of the server
 * @param {'viewer' | 'support' | 'admin'} account
 * @returns {Promise<string>} the Cookie header from then on
 */
export async function signIn(url, account) {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = /** @type {{ csrfToken: string }} */ (await csrf.json());
  const answer = await fetch(`${url}/api/auth/callback/demo`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookieHeader(csrf), origin: url },
    body: new URLSearchParams({ csrfToken, account, callbackUrl: '/' }),
  });
  const cookie = cookieHeader(answer);
  mustBe(
    answer.status === 302 && /session/.test(cookie),
    `Signing in as ${account} gives a session.`,
    cookie,
  );
  return cookie;
}

/** @param {Response} answer */
function cookieHeader(answer) {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
}
