import { IncomingMessage } from 'node:http';

/** More than a sign-in form, a ticket in JSON or an event of DingTalk's holds; routes have smaller limits of their own. */
const MAX_BYTES = 256 * 1024;

/** Bodies that are being read hold this much together at most, whatever the number of connections. */
const MAX_BYTES_IN_ALL = 64 * 1024 * 1024;

const FIRST_BYTES = 4 * 1024;

let bytesInAll = 0;

/**
 * The body of a request, counted by the bytes that arrive whatever its framing. `too-long` as soon as they are too many
 * or are announced to be, `busy` when the bodies of all requests together would need too much memory: nothing more is
 * read then. `gone` when the client goes away before its end.
 */
export function readWhole(request: IncomingMessage): Promise<Buffer | 'too-long' | 'busy' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) return Promise.resolve('too-long');
  return new Promise((resolve) => {
    // Chunks are copied and not kept: each is an object of its own, and thousands of them may hold one byte each.
    let held = Buffer.alloc(0);
    let size = 0;
    const onData = (chunk: Buffer) => {
      const needed = size + chunk.byteLength;
      if (needed > MAX_BYTES) return settle('too-long');
      if (needed > held.byteLength) {
        const room = Math.min(MAX_BYTES, Math.max(needed, FIRST_BYTES, 2 * held.byteLength));
        if (bytesInAll + room - held.byteLength > MAX_BYTES_IN_ALL) return settle('busy');
        bytesInAll += room - held.byteLength;
        held = Buffer.concat([held.subarray(0, size)], room);
      }
      chunk.copy(held, size);
      size = needed;
    };
    const onEnd = () => settle(held.subarray(0, size));
    const onGone = () => settle('gone');
    function settle(body: Buffer | 'too-long' | 'busy' | 'gone') {
      request.off('data', onData).off('end', onEnd).off('close', onGone);
      request.pause();
      bytesInAll -= held.byteLength;
      resolve(body);
    }
    // An error is followed by "close", and without a listener would end the process.
    request.on('error', () => undefined);
    request.on('data', onData).on('end', onEnd).on('close', onGone);
  });
}

/** The same request with a body that has been read: its length is what arrived, and nothing else can follow. */
export function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const whole = new IncomingMessage(request.socket);
  const { 'transfer-encoding': _, trailer: __, ...headers } = request.headers;
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders } = request;
  Object.assign(whole, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders });
  whole.headers = { ...headers, 'content-length': String(body.byteLength) };
  whole.complete = true;
  whole.push(body);
  whole.push(null);
  return whole;
}
