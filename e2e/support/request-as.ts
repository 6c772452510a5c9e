import { type APIRequestContext, expect, request } from '@playwright/test';
import { describedOnly } from './described-answers.ts';

/** One of the demo's accounts, as its button on the sign-in page is called. */
export type Account = 'viewer' | 'support' | 'admin';

/** Requests of an account to a server, without a browser. Every answer must be described by the route table. The caller disposes of them. */
export async function requestsAs(account: Account, url: string): Promise<APIRequestContext> {
  // The header that a browser sends for its page's own requests.
  const extraHTTPHeaders = { origin: url };
  const requests = await request.newContext({ baseURL: url, extraHTTPHeaders });
  await signInByRequest(requests, account);
  return describedOnly(requests);
}

/** Signs in as a demo account as the sign-in page's form does. */
export async function signInByRequest(request: APIRequestContext, account: Account): Promise<void> {
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken, account, callbackUrl: '/' };
  const response = await request.post('/api/auth/callback/demo', { form, maxRedirects: 0 });
  expect(response.headers()['set-cookie'] ?? '').toContain('rooms-desk.session=');
}
