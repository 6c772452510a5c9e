import { NextRequest } from 'next/server';
import { runtime } from '#lib/runtime.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const { auth } = await runtime();
  return auth.handle(withCode(request), context);
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
