import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIPv6 } from 'node:net';
import { connectionThrough, isCarried } from '#lib/egress/clients.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { allowedAddresses, type Reach } from './public-address.ts';

/** The whole time one attempt takes: name, connection, request and answer. */
export const ATTEMPT_MS = 10_000;
/** Of an answer that much is read; what is longer is left. */
const MOST_BYTES = 16 * 1024;

/** An answer's status, its beginning, and whether it said when to come again, in milliseconds. */
export type Posted = { status: number; text: string; retryAfterMs: number | null };

/** An address that may not be asked. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

type Limits = { reach: Reach; timeoutMs?: number; proxy?: EgressProxy | null };

/**
 * Posts a body, to the very addresses that were looked at: a name that says another one a moment later leads nowhere else.
 * A proxy is asked for one of these addresses, and for the name only where private networks are allowed and nothing has to
 * be checked. Redirects are answers. Rejects with NotAllowed, and with what the network fails with.
 */
export async function post(
  url: URL,
  body: string,
  headers: Record<string, string>,
  { reach, timeoutMs = ATTEMPT_MS, proxy = null }: Limits,
): Promise<Posted> {
  const signal = AbortSignal.timeout(timeoutMs);
  const connection = await Promise.race([connectionTo(url, reach, proxy, signal), aborted(signal)]);
  const bytes = Buffer.from(body, 'utf8');
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      signal,
      maxHeaderSize: MOST_BYTES,
      ...connection,
      headers: { ...headers, 'content-length': bytes.length, 'accept-encoding': 'identity' },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let read = 0;
      const done = () => {
        const text = Buffer.concat(chunks).toString('utf8').slice(0, MOST_BYTES);
        resolve({
          status: response.statusCode ?? 0,
          text,
          retryAfterMs: waitOf(response.headers['retry-after']),
        });
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        read += chunk.length;
        if (read > MOST_BYTES) done();
      });
      response.on('end', done);
      response.on('error', reject);
    });
    request.end(bytes);
  });
}

/** How a request reaches what it may: by the proxy or directly, and never by a name that is resolved once more. */
async function connectionTo(url: URL, reach: Reach, proxy: EgressProxy | null, signal: AbortSignal) {
  const isProxied = isCarried(proxy, url);
  const addresses = isProxied && reach.private ? undefined : await allowedAddresses(url, reach);
  if (addresses === null) throw new NotAllowed(url.hostname);
  // Without an agent node:http would take 80 for the port that a Host header need not say.
  if (isProxied)
    return { createConnection: connectionThrough(proxy, url, signal, addresses), defaultPort: 443 };
  const lookup: LookupFunction = (_host, options, notified) => {
    const all = (addresses ?? []).map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    const [first] = all;
    if (options.all) notified(null, all);
    else notified(null, first?.address ?? '', first?.family ?? 4);
  };
  return { lookup, agent: false };
}

const MOST_WAIT_MS = 60 * 60_000;

/** Seconds, as most servers say it; what is said in other ways is our own decision. */
const waitOf = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Math.min(Number(header) * 1_000, MOST_WAIT_MS) : null;

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** What went wrong on the way, in a word or two that tell whose move it is. Never an address: it may hold a secret. */
export function troubleOnTheWay(error: unknown): string {
  if (error instanceof NotAllowed) return 'address not allowed';
  const { code, name } = error as { code?: string; name?: string };
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR') return 'no answer in time';
  return code ?? name ?? 'failed';
}
