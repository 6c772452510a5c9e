import { type NextRequest, NextResponse } from 'next/server';
import { AppError } from '#lib/domain/errors.ts';
import { problemResponse } from '#lib/http/problem-response.ts';

/**
 * Answers addresses whose escapes spell no text, such as `/devices/%ff`, which Next would meet with a bare 500.
 * It decides nothing about anybody, and addresses without an escape never come through here.
 */
export function proxy(request: NextRequest): Response {
  if (isReadable(new URL(request.url).pathname)) return NextResponse.next();
  if (request.nextUrl.pathname.startsWith('/api/')) {
    return problemResponse(new AppError('invalid-question.id-characters'), crypto.randomUUID());
  }
  return NextResponse.rewrite(new URL('/unreadable-address', request.url));
}

export const config = { matcher: '/((?:[^%]*%.*))' };

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
