import 'server-only';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { OpenSession } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { Auth } from './auth.ts';

/** The session of this request, or null. It is opened once however often this is asked. */
export const currentSession = cache(async (auth: Auth): Promise<OpenSession | null> => {
  const jar = await cookies();
  return auth.session(jar.get(auth.cookieName)?.value);
});

/** The signed-in person of this request, or null. */
export const currentOperator = async (auth: Auth): Promise<Operator | null> =>
  (await currentSession(auth))?.operator ?? null;

/** The signed-in person; anybody else goes to sign in and comes back to `path`. Every page but sign-in starts here. */
export async function requireOperator(auth: Auth, path: string): Promise<Operator> {
  const operator = await currentOperator(auth);
  if (!operator) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  return operator;
}
