import 'server-only';
import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/errors.ts';
import { runtime } from '#lib/server/runtime.ts';
import { problemResponse } from './problem-response.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** RFC 9116, section 2.5.5: less than a year. The contact is read from the configuration at each start. */
const VALID_DAYS = 90;

/**
 * Where to report a weakness of this installation (RFC 9116). A contact is required there, and only the organisation
 * that runs Rooms Desk can name one: without SECURITY_CONTACT there is no such file.
 */
export async function securityText(): Promise<Response> {
  const { config, services } = await runtime();
  if (config.securityContact === null) return problemResponse(new AppError('not-found.api'), randomUUID());
  const today = Math.floor(services.clock.now() / DAY_MS) * DAY_MS;
  const lines = [
    `Contact: ${config.securityContact}`,
    `Expires: ${new Date(today + VALID_DAYS * DAY_MS).toISOString()}`,
    'Preferred-Languages: en, zh',
    `Canonical: ${config.appUrl}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=86400' },
  });
}
