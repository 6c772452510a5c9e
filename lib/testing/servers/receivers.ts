import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A request that came to a webhook. */
export type Received = { path: string; headers: IncomingHttpHeaders; body: string };

/** A webhook server on this machine that answers as configured. */
export type WebhookServer = {
  url: string;
  received: Received[];
  /** What the next requests are answered: the status for all, headers, or nothing at all. */
  answers: { status: number; headers?: Record<string, string>; silent?: boolean };
  close(): Promise<void>;
};

export async function startWebhookServer(): Promise<WebhookServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      if (running.answers.silent) return;
      response.writeHead(running.answers.status, running.answers.headers).end('internal detail');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: WebhookServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers: { status: 204 },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}

/** A mail server on this machine. */
export type MailServer = {
  url: string;
  /** Messages as they came, headers and all. */
  received: { to: string[]; text: string }[];
  /** The passwords received without TLS. */
  passwords: string[];
  /** Refuses recipients with this status from now on; null for none. */
  refusing: number | null;
  close(): Promise<void>;
};

/** Starts TLS by STARTTLS with a certificate if one is given, and never without. */
export async function startMailServer(certificate?: { cert: string; key: string }): Promise<MailServer> {
  const received: MailServer['received'] = [];
  const passwords: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    logger: false,
    ...(certificate ?? { disabledCommands: ['STARTTLS'] }),
    onAuth({ username, password }, _session, done) {
      passwords.push(password ?? '');
      done(null, { user: username });
    },
    onRcptTo(_address, _session, done) {
      const { refusing } = running;
      done(
        refusing === null ? null : Object.assign(new Error('No such mailbox'), { responseCode: refusing }),
      );
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: MailServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    passwords,
    refusing: null,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  return running;
}
