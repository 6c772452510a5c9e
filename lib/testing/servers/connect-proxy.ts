import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { TEST_CERTIFICATE } from './tls-front.ts';

/** The behavior on a CONNECT request: connects, refuses, never answers, or breaks off before or after. */
export type ProxyWay =
  | 'connect'
  | 'hang'
  | 'hang-up'
  | 'babble'
  | { status: number }
  | { cutAfterBytes: number };

/** A proxy on this machine that supports only CONNECT. */
export type ConnectProxy = {
  /** Its address, with the credentials it wants. */
  url: string;
  /** The requested targets, in order, including refused ones. */
  targets: string[];
  /** Where the names of this test's world lead, as ports of this machine; it knows no other host. */
  routes: Record<string, number>;
  way: ProxyWay;
  /** Open tunnels. */
  open(): number;
  /** Open connections, including tunnels. */
  sockets(): number;
  /** Breaks off every open tunnel. */
  drop(): void;
  close(): Promise<void>;
};

type Options = { user?: string; password?: string; isSecure?: boolean };

export async function startConnectProxy({ user, password, isSecure }: Options = {}): Promise<ConnectProxy> {
  const server: Server = isSecure ? createSecureServer(TEST_CERTIFICATE) : createServer();
  const sockets = new Set<Socket>();
  const tunnels = new Set<Socket>();
  const wanted =
    user === undefined ? undefined : `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.on('request', (_request, response) => void response.writeHead(405).end());
  server.on('connect', (request, socket: Socket) => {
    socket.on('error', () => {});
    running.targets.push(request.url ?? '');
    const { way } = running;
    const port = running.routes[request.url ?? ''];
    // Read all the same, or its end would not be noticed.
    if (way === 'hang') return void socket.on('end', () => socket.destroy()).resume();
    if (way === 'hang-up') return void socket.destroy();
    if (way === 'babble') return void socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    if (request.headers['proxy-authorization'] !== wanted) return refuse(socket, 407);
    if (typeof way === 'object' && 'status' in way) return refuse(socket, way.status);
    if (port === undefined) return refuse(socket, 502);
    const inner = connect({ host: '127.0.0.1', port });
    tunnels.add(socket);
    socket.on('close', () => {
      tunnels.delete(socket);
      inner.destroy();
    });
    inner.on('close', () => socket.destroy()).on('error', () => {});
    inner.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      let passed = 0;
      inner.on('data', (chunk: Buffer) => {
        passed += chunk.length;
        if (typeof way === 'object' && passed > way.cutAfterBytes) return void socket.destroy();
        socket.write(chunk);
      });
      socket.pipe(inner);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials =
    user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@`;
  const running: ConnectProxy = {
    url: `${isSecure ? 'https' : 'http'}://${credentials}${isSecure ? 'localhost' : '127.0.0.1'}:${port}`,
    targets: [],
    routes: {},
    way: 'connect',
    open: () => tunnels.size,
    sockets: () => sockets.size,
    drop: () => {
      for (const tunnel of tunnels) tunnel.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return running;
}

const refuse = (socket: Socket, status: number) =>
  void socket.end(
    `HTTP/1.1 ${status} No\r\nProxy-Authenticate: Basic realm="test"\r\nContent-Length: 0\r\n\r\n`,
  );
