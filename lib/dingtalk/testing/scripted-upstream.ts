import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it reached the server. */
export type Seen = { method: string; url: URL; headers: IncomingMessage['headers']; body: string };

/** Answers one request; may also destroy its socket, drip, or never answer. */
export type Answer = (response: ServerResponse, request: Seen) => void;

export type ScriptedUpstream = {
  origin: string;
  /** Everything asked so far, in order. */
  seen: Seen[];
  /** How often a path was asked. */
  count(path: string): number;
  /** Scripts a path: the answers in order, the last one for ever. */
  on(path: string, ...answers: Answer[]): void;
  close(): Promise<void>;
};

/** A JSON answer. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

/** An answer with any bytes. */
export function text(status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer {
  return (response) => void response.writeHead(status, headers).end(body);
}

/** A real HTTP server on a free port that answers as it is told; what it was not told about is 599. */
export async function startUpstream(): Promise<ScriptedUpstream> {
  const seen: Seen[] = [];
  const scripts = new Map<string, Answer[]>();
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const request = {
      method: incoming.method ?? '',
      url: new URL(incoming.url ?? '', 'http://upstream'),
      headers: incoming.headers,
      body,
    };
    seen.push(request);
    const script = scripts.get(request.url.pathname) ?? [];
    const answer = script.length > 1 ? script.shift() : script[0];
    (answer ?? json(599, { code: 'not.scripted' }))(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    count: (path) => seen.filter((request) => request.url.pathname === path).length,
    on: (path, ...answers) => void scripts.set(path, answers),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
