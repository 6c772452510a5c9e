import 'server-only';
import { decode } from 'next-auth/jwt';
import { isSameState } from './answer-once.ts';

type Cookies = { get(name: string): { value: string } | undefined };

/** A callback of a provider, as the browser sends it. */
export type CallbackRequest = { method: string; url: string; cookies: Cookies };

/**
 * Whether a callback brings back the state that this browser was sent to this provider with. next-auth keeps that state in
 * the cookie `stateCookie`, encrypted with `secret`. An answer that says `error` is never asked about, so none waits for it.
 */
export async function isAwaited(
  { url, cookies }: Omit<CallbackRequest, 'method'>,
  { provider, stateCookie, secret }: { provider: string; stateCookie: string; secret: string },
): Promise<boolean> {
  const returned = new URL(url).searchParams;
  const token = cookies.get(stateCookie)?.value;
  if (token === undefined || returned.has('error')) return false;
  try {
    const sent = await decode({ token, secret, salt: stateCookie });
    if (sent?.provider !== provider || typeof sent.value !== 'string') return false;
    return isSameState(returned.get('state') ?? undefined, sent.value);
  } catch {
    return false;
  }
}
