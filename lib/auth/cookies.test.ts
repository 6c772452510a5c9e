import { expect, test } from 'vitest';
import { authCookies } from './cookies.ts';

test('over https every sign-in cookie has the prefix that no other host can forge, and the attributes that it requires', () => {
  const cookies = Object.values(authCookies({ appUrl: 'https://desk.example.com' }));
  expect(cookies).toHaveLength(6);
  for (const { name, options } of cookies) {
    expect(name).toMatch(/^__Host-rooms-desk\./);
    expect(options).toMatchObject({ httpOnly: true, secure: true, path: '/', sameSite: 'lax' });
    expect(options).not.toHaveProperty('domain');
  }
  expect(new Set(cookies.map(({ name }) => name)).size).toBe(6);
});

test('the cookies of one sign-in last a quarter of an hour', () => {
  const { state, nonce, pkceCodeVerifier } = authCookies({ appUrl: 'http://localhost:3000' });
  for (const { options } of [state, nonce, pkceCodeVerifier]) expect(options.maxAge).toBe(900);
});
