import { Agent, request } from 'node:http';

/** An answer that was not what it had to be: the figure beside it would be worth nothing. */
export class WrongAnswer extends Error {}

/** Keeps connections open as a browser does. */
const kept = new Agent({ keepAlive: true });

/**
 * One request with node:http, so that the client costs little.
 * @param {string} url
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer, ms: number }>}
 *   `ms` to the last byte; the body as it came, compressed if compression was asked for
 */
export function ask(url, headers = {}) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: kept, headers }, (answer) => {
      /** @type {Buffer[]} */
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const ms = performance.now() - began;
        const body = Buffer.concat(parts);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body, ms });
      });
    });
    asked.on('error', (error) => {
      // The server may give up a kept connection just as it is used again (Node docs: request.reusedSocket).
      if (asked.reusedSocket && /** @type {any} */ (error).code === 'ECONNRESET')
        ask(url, headers).then(resolve, reject);
      else reject(error);
    });
    asked.end();
  });
}

/**
 * Throws with the expectation unless it holds.
 * @param {boolean} right
 * @param {string} what what was expected, as a sentence
 * @param {unknown} [got]
 */
export function mustBe(right, what, got) {
  if (right) return;
  throw new WrongAnswer(got === undefined ? what : `${what} It was: ${String(got).slice(0, 300)}`);
}
