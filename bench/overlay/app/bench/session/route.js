import { runtime } from '#lib/server/runtime.ts';

export const dynamic = 'force-dynamic';

const body = JSON.stringify({ status: 'signed-in' });

/** A bare handler that also opens the session, and does nothing with it. */
export async function GET(request) {
  const { auth } = await runtime();
  const operator = await auth.operator(request.cookies.get(auth.cookieName)?.value);
  return operator ? new Response(body) : new Response(null, { status: 401 });
}
