import 'server-only';
import type { Auth } from '#lib/auth/auth.ts';
import { requireOperator as requireSession } from '#lib/auth/require-operator.ts';
import { feedPosition } from './feed-position.ts';

/** The signed-in person, asked for before a page reads any data; everyone else signs in and comes back to `path`. */
export async function requireOperator(auth: Auth, path: string) {
  const [operator] = await Promise.all([requireSession(auth, path), feedPosition()]);
  return operator;
}
