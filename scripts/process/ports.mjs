import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { ScriptError } from './output.mjs';

const LOOPBACK = '127.0.0.1';

/** Below the ports that systems assign to connections and to servers that request any port. */
const PORTS = { from: 20_000, to: 32_000 };
const ATTEMPTS = 20;

/** A server could not listen on its port because the address is in use. */
export class PortTaken extends ScriptError {}

/**
 * A port of this machine on which nothing listens. It stays reserved against other callers of this function, in this and in
 * other processes, until this process ends.
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    if ((await reserve(port)) && (await tryListening(port, LOOPBACK)) === port) return port;
  }
  throw new ScriptError('No free port was found.');
}

/**
 * Starts a server on a port and tries again when the start fails with `PortTaken`: with another free port, or with the same one
 * when a port is given.
 * @template T
 * @param {(port: number) => Promise<T>} start
 * @param {number} [given]
 */
export async function startOnPort(start, given) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(given ?? (await freePort()));
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The port from PORT, or 3000. Refuses what cannot be one. */
export function askedPort() {
  const text = process.env.PORT || '3000';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ScriptError(`PORT must be a number from 1 to 65535, not "${text}".`);
}

/** Refuses a port that is in use, on any address a browser may try for localhost. @param {number} port */
export async function refuseTakenPort(port) {
  for (const host of [LOOPBACK, '::1', '::']) {
    const result = await tryListening(port, host);
    if (typeof result === 'number') continue;
    if (result.code === 'EADDRINUSE') {
      throw new ScriptError(
        `Port ${port} is taken. Choose another one: PORT=${port + 1} npm run ${basename(process.argv[1] ?? 'demo', '.mjs')}`,
      );
    }
    if (result.code === 'EACCES') {
      throw new ScriptError(`Port ${port} is not allowed to this user. Choose one above 1023 with PORT=.`);
    }
  }
}

/**
 * Holds the UDP port of the same number: TCP does not mind, and the system releases it however this process ends.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function reserve(port) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').unref();
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind({ port, address: LOOPBACK, exclusive: true }, () => resolve(true));
  });
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
