import type { ServerResponse } from 'node:http';

/** The response to a call, before it is sent. */
export type Answer = { status: number; headers: Record<string, string>; body: Buffer };

export const jsonAnswer = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: Buffer.from(JSON.stringify(value)),
});

export const htmlAnswer = (status: number, html: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html;charset=utf-8' },
  body: Buffer.from(html),
});

export const redirectAnswer = (location: string): Answer => ({
  status: 302,
  headers: { location },
  body: Buffer.alloc(0),
});

export function deliver(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}
