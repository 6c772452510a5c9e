import type { Limits } from '#lib/services/limits.ts';

/** A request to next-auth: the first part of its path behind `/api/auth/`, its method and where it comes from. */
type Asked = { action: string; method: string; address: string };

/**
 * Lets next-auth handle a request within the limits of sign-ins, which hold for every provider: the start of a sign-in
 * (`POST signin/…`) and its end (`callback/…`). An end without a new session cookie counts as failed. Throws
 * too-many-questions.sign-ins.
 */
export async function limitSignIns(
  limits: Pick<Limits, 'beginSignIn' | 'finishSignIn'>,
  { action, method, address }: Asked,
  cookieName: string,
  handle: () => Promise<Response>,
): Promise<Response> {
  if (action === 'signin' && method === 'POST') await limits.beginSignIn({ address });
  if (action !== 'callback') return handle();
  const succeeded = await limits.finishSignIn({ address });
  const response = await handle();
  const [name, taken] = [`${cookieName}=`, `${cookieName}=;`];
  const cookies = response.headers.getSetCookie();
  if (cookies.some((each) => each.startsWith(name) && !each.startsWith(taken))) await succeeded();
  return response;
}
