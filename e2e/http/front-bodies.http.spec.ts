import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { SOCKET_BUFFER_BYTES } from '../../lib/testing/servers/socket-buffers.ts';
import { expect, test } from '../support/app.ts';

const BODY_BYTES = 450 * 1024 * 1024;
const PARALLEL = 10;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

const LIE = 'a length that is a lie';

/** The framing headers of a request, and how a part of the body is written with them. */
const FRAMINGS: Record<string, { header: string; piece: Buffer }> = {
  chunked: {
    header: 'Transfer-Encoding: chunked',
    piece: Buffer.concat([Buffer.from('10000\r\n'), CHUNK, Buffer.from('\r\n')]),
  },
  'a true length': { header: `Content-Length: ${BODY_BYTES}`, piece: CHUNK },
  [LIE]: { header: 'Content-Length: 100', piece: CHUNK },
};

/** Paths that once led past the limit, and every route that reads a body. */
const TARGETS = [
  '/api/health/../auth/signin/dingtalk',
  '/api/health/%2e%2e/auth/signin/dingtalk',
  '/api/../sign-in',
  '/api/auth/../../sign-in',
  '/api\\..\\sign-in',
  '//evil.test/api/auth/callback/demo',
  'http://evil.test/sign-in',
  '/api/health/live',
  '/api/auth/callback/demo',
  '/api/auth/signin/dingtalk',
  '/api/v1/search',
  '/api/dingtalk/events',
  '/sign-in',
];

/** The parts of a request that a refusal may depend on. */
type Sent = { url: string; target: string; header: string; piece: Buffer };

/**
 * Sends a body until the server answers or closes. Returns the first line of the response, the duration and the bytes
 * accepted.
 */
function sendBody({
  url,
  target,
  header,
  piece,
}: Sent): Promise<{ status: number; ms: number; sent: number }> {
  const { host, port } = new URL(url);
  const line = connect(Number(port), '127.0.0.1');
  const from = performance.now();
  let answer: { status: number; ms: number } | undefined;
  let sent = 0;
  const more = () => {
    while (!answer && !line.destroyed && sent < BODY_BYTES) {
      sent += piece.byteLength;
      if (!line.write(piece)) return;
    }
  };
  line.once('data', (data) => {
    answer = {
      status: Number(/^HTTP\/1\.1 (\d+) /.exec(data.toString())?.[1]),
      ms: performance.now() - from,
    };
  });
  line.on('drain', more);
  line.on('error', () => undefined);
  line.once('connect', () => {
    const type = 'Content-Type: multipart/form-data; boundary=b';
    line.write(`POST ${target} HTTP/1.1\r\nHost: ${host}\r\n${type}\r\n${header}\r\n\r\n`);
    more();
  });
  return new Promise((resolve) => {
    line.once('close', () =>
      resolve({
        ...(answer ?? { status: 0, ms: performance.now() - from }),
        sent: sent - line.writableLength,
      }),
    );
  });
}

/** Resident memory in MiB: the current value, and the peak since the last reset. */
function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
  return { now: read('VmRSS'), most: read('VmHWM') };
}

for (const [framing, { header, piece }] of Object.entries(FRAMINGS)) {
  test(`refuses bodies of 450 MB, ${framing}, before they have arrived and without keeping them in memory`, async ({
    app,
    request,
  }) => {
    // Pages and routes are loaded at their first request, and that memory does not belong to the bodies.
    for (const path of ['/api/health/live', '/api/auth/csrf', '/api/v1/search?q=1', '/sign-in']) {
      await request.get(path);
    }
    const multipart = { text: 'x'.repeat(100) };
    for (const path of ['/api/health/live', '/api/v1/search', '/api/dingtalk/events', '/sign-in']) {
      await Promise.all(Array.from({ length: PARALLEL }, () => request.post(path, { multipart })));
    }
    for (const target of TARGETS) {
      // Its first 100 bytes are a whole request, which next-auth answers by leading back to signing in.
      if (framing === LIE && /^\/api\/auth\/\w/.test(target)) continue;
      const sent = { url: app.url, target, header, piece };
      // proc(5): 5 sets the peak of resident memory back to what it is now.
      writeFileSync(`/proc/${app.pid}/clear_refs`, '5');
      const { now } = memoryOf(app.pid);
      const answers = await Promise.all(Array.from({ length: PARALLEL }, () => sendBody(sent)));
      for (const { status, ms, sent } of answers) {
        expect(status, target).toBeGreaterThanOrEqual(400);
        expect(status, target).toBeLessThan(500);
        // Long before the server would stop waiting for the rest of the body.
        expect(ms, target).toBeLessThan(10_000);
        expect(sent - SOCKET_BUFFER_BYTES, `${target}: what the server took in`).toBeLessThan(
          16 * 1024 * 1024,
        );
      }
      expect(memoryOf(app.pid).most - now, `${target}: MiB`).toBeLessThan(60);
    }
    expect((await request.get('/api/health/ready')).status()).toBe(200);
  });
}

test('bodies in chunks of one byte cost only the bytes that they hold', async ({ app, request }) => {
  test.setTimeout(120_000);
  await request.get('/api/v1/search?q=1');
  writeFileSync(`/proc/${app.pid}/clear_refs`, '5');
  const { now } = memoryOf(app.pid);
  const { host, port } = new URL(app.url);
  const chunks = Buffer.from('1\r\na\r\n'.repeat(10_000));
  const lines = Array.from({ length: PARALLEL }, () => connect(Number(port), '127.0.0.1'));
  const answers = lines.map(async (line) => {
    const headers = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close';
    line.write(`POST /api/v1/search HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n\r\n`);
    for (let at = 0; at < 10; at += 1) line.write(chunks);
    line.end('0\r\n\r\n');
    return (await text(line)).split('\r\n', 1)[0];
  });
  // The response proves that the whole body was read: the request has no session.
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 401 Unauthorized']));
  const { most } = memoryOf(app.pid);
  expect(most - now, 'MiB').toBeLessThan(60);
});
