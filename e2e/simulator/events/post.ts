import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';

const LARGEST_ANSWER = 1_048_576;

export type Posted = { status: number; text: string };

/** Posts JSON on its own connection, which is closed after the response. */
export function post(url: URL, body: string, signal: AbortSignal): Promise<Posted> {
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST_ANSWER) call.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}
