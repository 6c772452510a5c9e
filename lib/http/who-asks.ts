import 'server-only';
import type { NextRequest } from 'next/server';
import type { Auth } from '#lib/auth/auth.ts';
import type { Credential, RequestSource } from '#lib/domain/access/access.ts';
import { type Action, can, NEVER_BY_TOKEN } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Access } from '#lib/services/access/access.ts';
import { auditTokenRefusal } from '#lib/services/access/audit-access.ts';
import type { ServiceContext } from '#lib/services/context.ts';

const BEARER = /^Bearer +(\S*) *$/i;

/**
 * Who asks, and by which way in: the API token that was shown, else the session cookie. A token that is not good is never
 * made up for by a cookie; it is audited, with its public part where that names a real token. Throws signed-out; rejects
 * when neither can be read.
 */
export async function whoAsks(
  request: Pick<NextRequest, 'headers' | 'cookies'>,
  auth: Pick<Auth, 'session' | 'cookieName'>,
  { access, audit }: { access: Pick<Access, 'tokens'>; audit: Pick<ServiceContext['audit'], 'noteRefusal'> },
  source: RequestSource,
): Promise<Credential> {
  const header = request.headers.get('authorization');
  // Other schemes are of a proxy in front that asks for a password of its own.
  if (header !== null && /^bearer\b/i.test(header)) {
    const credential = await access.tokens.open(BEARER.exec(header)?.[1] ?? '', (refusal) =>
      auditTokenRefusal(audit, refusal, source),
    );
    if (!credential) throw new AppError('signed-out.token');
    return credential;
  }
  const session = await auth.session(request.cookies.get(auth.cookieName)?.value);
  if (!session) throw new AppError('signed-out.signed-out');
  return session;
}

/** Throws not-permitted when whoever asks may not do this, or not by this way in; `refused` hears of it before. */
export function permitted({ by, operator }: Credential, action: Action, refused = () => {}): void {
  const never = by === 'token' && NEVER_BY_TOKEN.has(action);
  if (!never && can(operator.role, action)) return;
  refused();
  throw new AppError(never ? 'not-permitted.token' : 'not-permitted.role');
}
