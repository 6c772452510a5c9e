import { IncomingMessage } from 'node:http';

/** More than a sign-in form, a ticket in JSON or an event of DingTalk's holds; routes have smaller limits of their own. */
const MAX_BYTES = 256 * 1024;

/**
 * The body of a request, counted by the bytes that arrive whatever its framing. `too-long` as soon as they are too many
 * or are announced to be: nothing more is read then. `gone` when the client goes away before its end.
 */
export function readWhole(request: IncomingMessage): Promise<Buffer | 'too-long' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) return Promise.resolve('too-long');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size > MAX_BYTES) settle('too-long');
    };
    const onEnd = () => settle(Buffer.concat(chunks));
    const onGone = () => settle('gone');
    function settle(body: Buffer | 'too-long' | 'gone') {
      request.off('data', onData).off('end', onEnd).off('close', onGone);
      request.pause();
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
