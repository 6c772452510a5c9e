// The production server: sockets and their limits, and a graceful end. The front server of the product
// (lib/http/front/) decides which requests and headers pass; it registers itself on `globalThis` at the start.
import { createServer } from 'node:http';
import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import next from 'next';
import { root } from '../toolchain/places.mjs';
import { endWithNpm } from './npm-parent.mjs';

/** For tests alone, as in lib/config/environment.ts, where it is checked: limits end so many times as soon. */
const SPEED = Number(process.env.CLOCK_SPEED) || 1;
/** A client that needs longer for its headers is not about to send a request. */
const HEADERS_MS = 10_000;
/** The same for a body: the longest has 256 KiB. */
const REQUEST_MS = 20_000;
/** Longer than proxies keep their end open, so that they never use a connection that is being closed. */
const IDLE_MS = 65_000;
/** A connection without traffic, such as one whose reader has stopped; event streams send something every 15 s. */
const STILL_MS = 75_000;
/** A query may take eight seconds at DingTalk. */
const PATIENCE_MS = 12_000;
const SWEEP_MS = 50;
/** Ctrl-C reaches this process twice, from the terminal and from npm. A person presses it again after that. */
const SAME_SIGNAL_MS = 1_000;
/** The time that a client with an invalid request has to read the refusal. */
const LINGER_MS = 300;
/** @type {Record<string, string>} */
const UNREADABLE = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', short: 'p' }, hostname: { type: 'string', short: 'H' } },
});
const port = Number(values.port ?? 3000);
const [folder = '.'] = positionals;
const dir = isAbsolute(folder) ? folder : join(root, folder);

/** @type {typeof globalThis & { roomsDeskServing?: { receive: Function, closing(): void, closed(): Promise<void> } }} */
const shared = globalThis;
const app = next({
  // Next calls itself localhost when it rewrites an address, and would treat another name as another server.
  dev: false,
  dir,
  port,
  hostname: 'localhost',
  quiet: true,
  // Next handles upgrades on the server it is given, bypassing the front server and its limits. This one never
  // listens, so that an upgrade request is an ordinary request.
  httpServer: createServer(),
});
const pages = app.getRequestHandler();
let ending = false;
let endingSince = 0;
/** @type {WeakMap<import('node:stream').Duplex, import('node:http').ServerResponse>} Answers under way. */
const answering = new WeakMap();
/** @type {WeakSet<import('node:stream').Duplex>} Connections that are being given up. */
const refused = new WeakSet();

const server = createServer(
  {
    headersTimeout: HEADERS_MS / SPEED,
    requestTimeout: REQUEST_MS / SPEED,
    keepAliveTimeout: IDLE_MS / SPEED,
    connectionsCheckingInterval: 2_000 / SPEED,
  },
  async (request, response) => {
    answering.set(request.socket, response);
    response.once('close', () => answering.delete(request.socket));
    if (ending) response.setHeader('Connection', 'close');
    try {
      await shared.roomsDeskServing?.receive(request, response, pages);
    } catch (error) {
      console.error(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    }
  },
);
server.setTimeout(STILL_MS);
// Node's own handler resets the connection immediately, and a client that is still writing would lose the response.
server.on('clientError', (/** @type {NodeJS.ErrnoException} */ error, connection) => {
  if (refused.has(connection)) return;
  refused.add(connection);
  if (error.code === 'ECONNRESET' || !connection.writable) return connection.destroy();
  const end = (text = '') => {
    connection.end(text);
    setTimeout(() => connection.destroy(), LINGER_MS);
  };
  const answer = answering.get(connection);
  // What is unreadable may follow a whole request, whose answer is still to come.
  if (answer?.req.complete && !answer.writableFinished) answer.once('finish', () => end());
  else if (answer?.headersSent) end();
  else end(`HTTP/1.1 ${UNREADABLE[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
});

async function end() {
  if (ending && performance.now() - endingSince > SAME_SIGNAL_MS) process.exit(1);
  if (ending) return;
  ending = true;
  endingSince = performance.now();
  const answered = new Promise((resolve) => server.close(resolve));
  shared.roomsDeskServing?.closing();
  // A connection that was busy at the start of the shutdown would otherwise be kept for another request.
  const sweeping = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  await answered;
  clearInterval(sweeping);
  clearTimeout(impatience);
  // What answers left to be done after them is done before the store is closed.
  await app.close();
  await shared.roomsDeskServing?.closed();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);
endWithNpm(() => ending || end());

process.env.PORT = String(port);
// Demo accounts depend on the listening address (lib/server/start.ts).
process.env.HOSTNAME = values.hostname ?? '';
await app.prepare();
// Next does not wait for instrumentation.ts; an earlier request would find no front server.
while (!shared.roomsDeskServing) await new Promise((resolve) => setTimeout(resolve, 5));
server.once('error', async (error) => {
  console.error(`Rooms Desk cannot listen on port ${port}: ${error.message}`);
  // Jobs start before the server listens; without this their leases would delay the next start.
  await shared.roomsDeskServing?.closed().catch(console.error);
  process.exit(1);
});
server.listen(port, values.hostname);
