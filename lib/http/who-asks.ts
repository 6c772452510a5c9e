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
 * The credential of a request: the API token of its Authorization header, else the session of its cookie. A cookie does
 * not replace an invalid token, which is audited with its public part if that is the one of a real token. Throws
 * signed-out. Rejects when the store cannot be read.
 */
export async function whoAsks(
  request: Pick<NextRequest, 'headers' | 'cookies'>,
  auth: Pick<Auth, 'session' | 'cookieName'>,
  { access, audit }: { access: Pick<Access, 'tokens'>; audit: Pick<ServiceContext['audit'], 'noteRefusal'> },
  source: RequestSource,
): Promise<Credential> {
  const header = request.headers.get('authorization');
  // Other schemes belong to a proxy in front with a password of its own.
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

/** Throws not-permitted when the role, or an API token, may not do this; calls `refused` before. */
export function permitted({ by, operator }: Credential, action: Action, refused = () => {}): void {
  const never = by === 'token' && NEVER_BY_TOKEN.has(action);
  if (!never && can(operator.role, action)) return;
  refused();
  throw new AppError(never ? 'not-permitted.token' : 'not-permitted.role');
}
