import type { ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import { type EgressProxy, secured, type Target } from './egress-proxy.ts';
import { bareHost } from './no-proxy.ts';

const FETCH_CONNECT_TIMEOUT_MS = 5_000;

/** Connections for an undici Agent; `timeoutMs` is for each of the two parts, to the proxy's answer and TLS inside. */
export function undiciConnector(proxy: EgressProxy, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ allowH2: false, timeout: timeoutMs });
  return (options, callback) => {
    const isSecure = options.protocol === 'https:';
    const port = Number(options.port) || (isSecure ? 443 : 80);
    if (!proxy.carries(options.hostname, port)) return connect(options, callback);
    proxy.connect({ host: options.hostname, port }, AbortSignal.timeout(timeoutMs)).then(
      (httpSocket) => (isSecure ? connect({ ...options, httpSocket }, callback) : callback(null, httpSocket)),
      (error: Error) => callback(error, null),
    );
  };
}

/** A fetch for what takes one, such as openid-client. */
export function fetchThrough(proxy: EgressProxy): typeof fetch {
  const dispatcher = new Agent({ connect: undiciConnector(proxy, FETCH_CONNECT_TIMEOUT_MS) });
  const ask = (input: string, init: object) => undiciFetch(input, { ...init, dispatcher });
  // The types of Node's fetch and of undici's differ in details that no caller sees.
  return ask as unknown as typeof fetch;
}

/** Whether what an address asks for goes through the proxy. */
export function isCarried(proxy: EgressProxy | null, url: URL): proxy is EgressProxy {
  const { host, port } = targetOf(url);
  return proxy?.carries(host, port) ?? false;
}

const isSecure = ({ protocol }: URL) => protocol === 'https:' || protocol === 'wss:';

const targetOf = (url: URL): Target => ({
  host: bareHost(url.hostname),
  port: Number(url.port) || (isSecure(url) ? 443 : 80),
});

/** What a request of node:http takes to make its connection; `signal` ends one that is still being made. */
export type CreateConnection = NonNullable<ClientRequestArgs['createConnection']>;

/**
 * Connections for a request of node:http, node:https or ws to an address; undefined where it goes out directly.
 * `addresses` are what the proxy is asked for instead of the host's name, one after the other.
 */
export function connectionThrough(
  proxy: EgressProxy | null,
  url: URL,
  signal: AbortSignal,
  addresses?: readonly string[],
): CreateConnection | undefined {
  if (!isCarried(proxy, url)) return undefined;
  const { host, port } = targetOf(url);
  return (_options, done) => {
    const connect = async () => {
      const socket = await firstOf(proxy, addresses ?? [host], port, signal);
      return isSecure(url) ? secured(socket, host, signal) : socket;
    };
    connect().then(
      (socket) => done(null, socket),
      (error: Error) => done(error, undefined as never),
    );
    return undefined;
  };
}

/** Asks for one after the other until one is connected to; the last refusal is told. */
async function firstOf(
  proxy: EgressProxy,
  [host = '', ...others]: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    return await proxy.connect({ host, port }, signal);
  } catch (error) {
    if (others.length === 0 || signal.aborted) throw error;
    return firstOf(proxy, others, port, signal);
  }
}
