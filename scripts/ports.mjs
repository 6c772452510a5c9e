import { createServer } from 'node:net';
import { basename } from 'node:path';
import { Trouble } from './say.mjs';

const LOOPBACK = '127.0.0.1';

/** A port of this machine that nobody listens on at the moment. @returns {Promise<number>} */
export async function freePort() {
  const port = await tryListening(0, LOOPBACK);
  if (typeof port === 'number') return port;
  throw new Trouble(`No free port was found: ${port.message}`);
}

/** The port from PORT, or 3000. Refuses what cannot be one. */
export function askedPort() {
  const text = process.env.PORT || '3000';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Trouble(`PORT must be a number from 1 to 65535, not "${text}".`);
}

/** Refuses a port that somebody else listens on, on any address a browser may try for localhost. @param {number} port */
export async function refuseTakenPort(port) {
  for (const host of [LOOPBACK, '::1', '::']) {
    const result = await tryListening(port, host);
    if (typeof result === 'number') continue;
    if (result.code === 'EADDRINUSE') {
      throw new Trouble(
        `Port ${port} is taken. Choose another one: PORT=${port + 1} npm run ${basename(process.argv[1] ?? 'demo', '.mjs')}`,
      );
    }
    if (result.code === 'EACCES') {
      throw new Trouble(`Port ${port} is not allowed to this user. Choose one above 1023 with PORT=.`);
    }
  }
}

/** @param {number} port @param {string} host @returns {Promise<number | NodeJS.ErrnoException>} */
function tryListening(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
