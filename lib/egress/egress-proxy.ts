import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, isIPv6, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { bareHost, readNoProxy } from './no-proxy.ts';

/** The proxy by which connections leave, with its credentials, and what it is not used for. */
export type EgressSettings = { proxyUrl: string; noProxy: string };

export type Target = { host: string; port: number };

/**
 * The proxy by which outgoing connections leave (HTTPS_PROXY). Where there is none the clients have null in its place and
 * connect as they always did.
 */
export type EgressProxy = {
  /** Its host and port, without credentials. */
  address: string;
  /** Whether a connection to this host and port goes through it: not for loopback and not for NO_PROXY. */
  carries(host: string, port: number): boolean;
  /** A connection through it to `target`, by CONNECT (RFC 9110, 9.3.6). Rejects with ProxyFailed alone. */
  connect(target: Target, signal: AbortSignal): Promise<Socket>;
};

/** What a proxy's own answer may have of headers. */
const MAX_HEADER_BYTES = 16 * 1024;

const PREFIX = 'PROXY_';

/** A proxy that brought no connection about. `code` says why: `PROXY_407`, `PROXY_ECONNREFUSED`, `PROXY_TIMEOUT`. */
export class ProxyFailed extends Error {
  override readonly name = 'ProxyFailed';
  readonly code: string;

  constructor(address: string, what: string) {
    // The cause is not kept: it may quote the request, which holds the credentials.
    super(`the proxy ${address} did not connect: ${what}`);
    this.code = `${PREFIX}${what}`;
  }
}

/** The code of a failure of the proxy, whatever bundle its class is from; null for every other error. */
export function proxyFailureCode(thrown: unknown): string | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' && code.startsWith(PREFIX) ? code : null;
}

/** Throws RangeError for a NO_PROXY that cannot be read. */
export function createEgressProxy({ proxyUrl, noProxy }: EgressSettings): EgressProxy {
  const url = new URL(proxyUrl);
  const goesDirect = readNoProxy(noProxy);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const name = bareHost(url.hostname);
  const address = `${url.hostname}:${port}`;
  const authorization = basicCredentials(url);
  return {
    address,
    carries: (host, to) => !goesDirect(host, to),
    connect({ host, port: to }, signal) {
      const target = `${isIPv6(bareHost(host)) ? `[${bareHost(host)}]` : host}:${to}`;
      const ask = (url.protocol === 'https:' ? requestHttps : requestHttp)({
        host: name,
        port,
        method: 'CONNECT',
        path: target,
        // Else node:https holds the proxy's certificate to the host that the request names, which is the target.
        servername: isIP(name) === 0 ? name : '',
        headers: { host: target, ...(authorization && { 'proxy-authorization': authorization }) },
        agent: false,
        signal,
        maxHeaderSize: MAX_HEADER_BYTES,
      });
      return new Promise((resolve, reject) => {
        ask.once('connect', ({ statusCode = 0 }, socket: Socket, head) => {
          if (statusCode < 200 || statusCode > 299) {
            socket.destroy();
            return reject(new ProxyFailed(address, String(statusCode)));
          }
          // A server that speaks first, as one for mail does, may be heard together with the proxy's answer.
          if (head.length > 0) socket.unshift(head);
          resolve(socket);
        });
        ask.on('error', (error) =>
          reject(new ProxyFailed(address, signal.aborted ? 'TIMEOUT' : codeOf(error))),
        );
        ask.end();
      });
    },
  };
}

/** TLS inside a connection, with a certificate that is good for `name`; the proxy sees none of it. */
export function secured(socket: Socket, name: string, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // Addresses are no server names in TLS; the certificate is held to them all the same.
    const secure = connectTls({ socket, host: name, ...(isIP(name) === 0 && { servername: name }) });
    const end = () => secure.destroy(signal.reason as Error);
    secure.once('error', reject);
    secure.once('secureConnect', () => {
      signal.removeEventListener('abort', end);
      secure.off('error', reject);
      resolve(secure);
    });
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}

/** What `Proxy-Authorization` says for the credentials in an address; null where it has none. */
export function basicCredentials({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function codeOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return /^[A-Z0-9_]{1,64}$/.test(code) ? code : 'FAILED';
}
