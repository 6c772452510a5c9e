import { randomUUID } from 'node:crypto';
import { NextRequest } from 'next/server';
import { AppError, asAppError } from '#lib/domain/errors.ts';
import { clientAddress } from '#lib/http/client-address.ts';
import { limitSignIns } from '#lib/http/limit-sign-ins.ts';
import { problemResponse } from '#lib/http/problem-response.ts';
import { tooManySignIns } from '#lib/http/too-many-sign-ins.ts';
import { runtime } from '#lib/server/runtime.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/** What sign-in needs of next-auth; its other routes, such as the one that takes log lines, are closed. */
const OPEN = new Set(['csrf', 'providers', 'session', 'signin', 'signout', 'callback', 'error']);

/** Far more than a sign-in form holds. */
const MOST_BYTES = 16_384;

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action = '', provider = ''] = (await context.params).nextauth;
  const requestId = randomUUID();
  if (!OPEN.has(action)) return problemResponse(new AppError('not-found.api'), requestId);
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES)
    return new Response(null, { status: 413 });
  const { auth, log, services, config } = await runtime();
  const client = { address: clientAddress(request.headers), agent: request.headers.get('user-agent') };
  const cookie = request.cookies.get(auth.cookieName)?.value;
  let response: Response;
  try {
    const isAwaited = () => auth.awaits(request, provider);
    const asked = {
      action,
      method: request.method,
      headers: request.headers,
      address: client.address,
      isAwaited,
    };
    response = await limitSignIns(services.limits, asked, () =>
      auth.handle(withCode(request), context, { ...client, cookie, requestId }),
    );
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.reason === 'too-many-questions.sign-ins') {
      await services.access.sessions.refused(error.reason, { address: client.address, requestId });
      return tooManySignIns(error, { headers: request.headers, appUrl: config.appUrl, requestId });
    }
    if (error.reason === 'not-permitted.foreign-page') return problemResponse(error, requestId);
    log.error('sign-in not served', { requestId, action, error: String(thrown) });
    return problemResponse(error, requestId);
  }
  // Asking who is signed in would make the browser keep the cookie for longer each time.
  if (action === 'session') response.headers.delete('Set-Cookie');
  // Only where next-auth took the sign-out for the person's own. Cookies are left: those of neighbouring hosts would go too.
  if (
    action === 'signout' &&
    response.headers.getSetCookie().some((line) => line.startsWith(`${auth.cookieName}=;`))
  )
    response.headers.set('Clear-Site-Data', '"cache", "storage"');
  return response;
}

/** DingTalk may name the code `authCode` alone (older pages of obtain-identity-credentials); next-auth reads `code`. */
function withCode(request: NextRequest): NextRequest {
  const url = new URL(request.url);
  const authCode = url.searchParams.get('authCode');
  if (request.method !== 'GET' || authCode === null || url.searchParams.has('code')) return request;
  url.searchParams.set('code', authCode);
  return new NextRequest(url, request);
}

export { handle as GET, handle as POST };
