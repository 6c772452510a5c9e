import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Answer, json } from './scripted-upstream.ts';

export type Sent = { code?: number; headers?: Record<string, string>; data?: string };

/** One connection as DingTalk's end sees it. */
export type Connection = {
  socket: WebSocket;
  /** The bytes below the frames, to be cut or disturbed. */
  wire: Socket;
  /** What was answered, in order. */
  received: Sent[];
  pings: number;
  push(frame: unknown): void;
  isOpen(): boolean;
};

export type ScriptedStream = {
  origin: string;
  /** Bodies of the calls that asked for an address. */
  asked: unknown[];
  connections: Connection[];
  /** The answers to the next calls for an address, in order; then good ones again. */
  answerNext(...answers: Answer[]): void;
  /** What happens to the next attempts to connect: refused with a status, or never answered (0). */
  refuseNext(...statuses: number[]): void;
  /** TCP connections that are open, of either kind. */
  sockets(): number;
  close(): Promise<void>;
};

/** DingTalk's end of a stream on a free port: gives out tickets, each for one connection, and speaks WebSocket. */
export async function startStream(): Promise<ScriptedStream> {
  const asked: unknown[] = [];
  const connections: Connection[] = [];
  const tickets = new Set<string>();
  const sockets = new Set<Socket>();
  const answers: Answer[] = [];
  const refusals: number[] = [];

  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    asked.push(JSON.parse(body));
    // As hard to put into an address as a ticket may be.
    const ticket = `canary-ticket+/=& ${asked.length}`;
    tickets.add(ticket);
    const endpoint = `ws://127.0.0.1:${port()}/connect`;
    const url = new URL(incoming.url ?? '', 'http://upstream');
    (answers.shift() ?? json(200, { endpoint, ticket }))(response, {
      method: incoming.method ?? '',
      url,
      headers: incoming.headers,
      body,
    });
  });
  const port = () => (server.address() as AddressInfo).port;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  const webSockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '', 'http://upstream');
    const known = url.pathname === '/connect' && tickets.delete(url.searchParams.get('ticket') ?? '');
    const refusal = refusals.shift() ?? (known ? null : 401);
    // Read all the same, or its end would not be noticed.
    if (refusal === 0) return void socket.on('end', () => socket.destroy()).resume();
    if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal} No\r\nConnection: close\r\n\r\n`);
    webSockets.handleUpgrade(request, socket, head, (opened) => {
      connections.push(watched(opened, socket as Socket));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${port()}`,
    asked,
    connections,
    answerNext: (...next) => void answers.push(...next),
    refuseNext: (...next) => void refusals.push(...next),
    sockets: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function watched(socket: WebSocket, wire: Socket): Connection {
  const connection: Connection = {
    socket,
    wire,
    received: [],
    pings: 0,
    push: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    isOpen: () => socket.readyState === socket.OPEN,
  };
  socket.on('message', (data) => connection.received.push(JSON.parse(String(data))));
  socket.on('ping', () => {
    connection.pings += 1;
  });
  socket.on('error', () => {});
  return connection;
}
