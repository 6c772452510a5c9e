import type { Config } from '#lib/config/config.ts';

/** Names and options of every cookie of sign-in. Over https they carry the prefix that no other host can forge. */
export function authCookies(config: Pick<Config, 'appUrl'>) {
  const secure = config.appUrl.startsWith('https:');
  const name = (short: string) => `${secure ? '__Host-' : ''}rooms-desk.${short}`;
  const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure };
  const brief = { ...options, maxAge: 15 * 60 };
  return {
    sessionToken: { name: name('session'), options },
    callbackUrl: { name: name('return-to'), options },
    csrfToken: { name: name('csrf'), options },
    state: { name: name('state'), options: brief },
    nonce: { name: name('nonce'), options: brief },
    pkceCodeVerifier: { name: name('pkce'), options: brief },
  };
}
