import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ConnectProxy, startConnectProxy } from '#lib/testing/servers/connect-proxy.ts';
import { startTlsFront, trustTestAuthority } from '#lib/testing/servers/tls-front.ts';
import {
  createEgressProxy,
  type EgressProxy,
  ProxyFailed,
  proxyFailureCode,
  secured,
} from './egress-proxy.ts';

const USER = { user: 'desk@corp', password: 'canary:p%ss wörd/' };

/** Greets each client, as a mail server does, and echoes its input. */
const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.write('hello ');
  socket.pipe(socket);
});
let front: Awaited<ReturnType<typeof startTlsFront>>;
let distrust: () => void;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  front = await startTlsFront((server.address() as AddressInfo).port);
  distrust = trustTestAuthority();
});
afterAll(async () => {
  distrust();
  await front.close();
  server.close();
});

let proxy: ConnectProxy;
let egress: EgressProxy;
const open: Socket[] = [];
async function begin(options: Parameters<typeof startConnectProxy>[0]) {
  await proxy?.close();
  proxy = await startConnectProxy(options);
  proxy.routes = {
    'plain.rooms.test:25': (server.address() as AddressInfo).port,
    'tls.rooms.test:443': front.port,
  };
  egress = createEgressProxy({ proxyUrl: proxy.url, noProxy: '' });
}
beforeEach(() => begin(USER));
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await proxy.close();
});

const within = (ms = 5_000) => AbortSignal.timeout(ms);

async function receivedFrom(socket: Socket, length: number): Promise<string> {
  open.push(socket);
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.length >= length) break;
  }
  return text;
}

const failure = async (signal = within()) => {
  const thrown = await egress.connect({ host: 'plain.rooms.test', port: 25 }, signal).then(
    () => expect.fail('it was connected'),
    (error: unknown) => error as ProxyFailed,
  );
  expect(thrown).toBeInstanceOf(ProxyFailed);
  expect(`${thrown.stack}${JSON.stringify(thrown)}${String(thrown.cause)}`).not.toMatch(/canary/);
  expect(thrown.message).toContain(egress.address);
  return proxyFailureCode(thrown);
};

describe('a connection through the proxy', () => {
  test('goes to the name that only the proxy can resolve, with its credentials, and carries all data', async () => {
    const socket = await egress.connect({ host: 'plain.rooms.test', port: 25 }, within());
    socket.write('again');
    expect(await receivedFrom(socket, 11)).toBe('hello again');
    expect(proxy.targets).toEqual(['plain.rooms.test:25']);
    expect(egress.address).not.toContain('canary');
  });

  test('outlives the time limit for establishing it', async () => {
    const signal = new AbortController();
    const socket = await egress.connect({ host: 'plain.rooms.test', port: 25 }, signal.signal);
    signal.abort();
    socket.write('again');
    expect(await receivedFrom(socket, 11)).toBe('hello again');
  });

  test('carries TLS whose certificate is checked against the name', async () => {
    const socket = await egress.connect({ host: 'tls.rooms.test', port: 443 }, within());
    expect(await receivedFrom(await secured(socket, 'tls.rooms.test', within()), 6)).toBe('hello ');
    const other = await egress.connect({ host: 'tls.rooms.test', port: 443 }, within());
    await expect(secured(other, 'tls.other.test', within())).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  test('uses TLS to the proxy, and TLS inside that', async () => {
    await begin({ ...USER, isSecure: true });
    const socket = await egress.connect({ host: 'tls.rooms.test', port: 443 }, within());
    expect(await receivedFrom(await secured(socket, 'tls.rooms.test', within()), 6)).toBe('hello ');
    // The proxy's certificate is checked against the proxy's name, not against the target's.
    proxy.routes['plain.other.test:25'] = proxy.routes['plain.rooms.test:25'] ?? 0;
    const other = await egress.connect({ host: 'plain.other.test', port: 25 }, within());
    expect(await receivedFrom(other, 6)).toBe('hello ');
    distrust();
    expect(await failure()).toMatch(/^PROXY_(SELF_SIGNED|UNABLE_TO)_/);
    distrust = trustTestAuthority();
  });

  test('writes an IPv6 address in brackets', async () => {
    await egress.connect({ host: '2606::1', port: 443 }, within()).catch(() => {});
    expect(proxy.targets).toEqual(['[2606::1]:443']);
  });
});

describe('a failing proxy', () => {
  test.each<[ConnectProxy['way'], string]>([
    [{ status: 403 }, 'PROXY_403'],
    [{ status: 407 }, 'PROXY_407'],
    [{ status: 302 }, 'PROXY_302'],
    ['hang-up', 'PROXY_ECONNRESET'],
    ['babble', 'PROXY_HPE_INVALID_CONSTANT'],
  ])('%o is %s', async (way, code) => {
    proxy.way = way;
    expect(await failure()).toBe(code);
  });

  test('reports wrong credentials as PROXY_407', async () => {
    egress = createEgressProxy({ proxyUrl: proxy.url.replace('desk', 'other'), noProxy: '' });
    expect(await failure()).toBe('PROXY_407');
  });

  test('reports an unreachable host as PROXY_502', async () => {
    proxy.routes = {};
    expect(await failure()).toBe('PROXY_502');
  });

  test('reports a missing answer as PROXY_TIMEOUT and leaves no connection behind', async () => {
    proxy.way = 'hang';
    expect(await failure(within(100))).toBe('PROXY_TIMEOUT');
  });

  test('reports a closed port as PROXY_ECONNREFUSED', async () => {
    await proxy.close();
    expect(await failure()).toBe('PROXY_ECONNREFUSED');
  });

  test('reports an abort before the start as PROXY_TIMEOUT', async () => {
    expect(await failure(AbortSignal.abort())).toBe('PROXY_TIMEOUT');
    expect(proxy.targets).toEqual([]);
  });
});
