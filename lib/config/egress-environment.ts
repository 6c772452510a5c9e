import { z } from 'zod';
import { basicCredentials, type EgressSettings } from '#lib/egress/egress-proxy.ts';
import { readNoProxy } from '#lib/egress/no-proxy.ts';

/** The proxy for outgoing requests, and what does not go through it. */
export const egressShape = {
  HTTPS_PROXY: z
    .string()
    .refine(
      isProxyAddress,
      'malformed: an address such as http://user:password@proxy.example.com:3128, special characters as %XX',
    )
    .optional(),
  NO_PROXY: z.string().default(''),
};

type EgressEnvironment = z.output<z.ZodObject<typeof egressShape>>;

/** The settings of the proxy; null when there is none. */
export function egressOf({ HTTPS_PROXY, NO_PROXY }: EgressEnvironment): EgressSettings | null {
  return HTTPS_PROXY === undefined ? null : { proxyUrl: HTTPS_PROXY, noProxy: NO_PROXY };
}

/** Without a proxy NO_PROXY means nothing, and what a machine sets there for others need not be understood. */
export function checkEgress({ HTTPS_PROXY, NO_PROXY }: EgressEnvironment, context: z.RefinementCtx): void {
  if (HTTPS_PROXY === undefined) return;
  try {
    readNoProxy(NO_PROXY);
  } catch (error) {
    const message = `malformed: ${(error as Error).message} is no name, address or network such as example.com, .example.com:8443 or 10.0.0.0/8`;
    context.addIssue({ code: 'custom', path: ['NO_PROXY'], message });
  }
}

/** The credentials of a proxy in all the spellings in which a log could hold them. */
export function egressSecrets({ proxyUrl }: EgressSettings): string[] {
  const url = new URL(proxyUrl);
  const basic = basicCredentials(url);
  if (basic === null) return [];
  // A lone user name is a token.
  const bare = url.password || url.username;
  return [proxyUrl, url.href, basic.slice('Basic '.length), bare, decodeURIComponent(bare)];
}

const LOWER_CASE = { HTTPS_PROXY: 'https_proxy', NO_PROXY: 'no_proxy' } as const;

/** Takes the spelling in lower case, which many programs want, for the one in upper case. */
export function withLowerCase(
  env: Record<string, string | undefined>,
  problems: string[],
): Record<string, string | undefined> {
  const values = { ...env };
  for (const [name, lower] of Object.entries(LOWER_CASE)) {
    const [upper, other] = [env[name] || undefined, env[lower] || undefined];
    if (upper !== undefined && other !== undefined && upper !== other)
      problems.push(`${name}: ${name} and ${lower} differ: set one of them, or both to the same`);
    values[name] = upper ?? other;
  }
  return values;
}

function isProxyAddress(text: string): boolean {
  const url = URL.parse(text);
  try {
    // A "%" that escapes nothing passes as a URL.
    decodeURIComponent(`${url?.username}${url?.password}`);
  } catch {
    return false;
  }
  return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !/[?#\s]/.test(text);
}
