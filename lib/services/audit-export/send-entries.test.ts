import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SealedEntry } from '#lib/domain/audit/audit.ts';
import { entry } from '#lib/testing/audit.ts';
import { createFileSender, createSyslogSender, syslogMessage } from './send-entries.ts';

const sealed = (seq: number, given: Parameters<typeof entry>[0] = {}): SealedEntry => ({
  ...entry(given),
  seq,
  hash: 'ab',
  keyId: 'k',
  seal: 's',
});

/** A syslog server that reads by the number of bytes before each message, as RFC 6587 has it. */
async function syslogServer(end: (socket: Socket) => void = (socket) => socket.end()) {
  const messages: string[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
    });
    socket.on('error', () => undefined);
    socket.on('end', () => {
      while (bytes.length > 0) {
        const space = bytes.indexOf(' ');
        const length = Number(bytes.subarray(0, space).toString());
        messages.push(bytes.subarray(space + 1, space + 1 + length).toString());
        bytes = bytes.subarray(space + 1 + length);
      }
      end(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, messages, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('syslog', () => {
  test('receives each entry as a message of RFC 5424 in ASCII, after its number of bytes', async () => {
    const server = await syslogServer();
    const send = createSyslogSender({ host: '127.0.0.1', port: server.port });
    await send([sealed(1, { reason: '投屏 \n😀' }), sealed(2, { outcome: 'refused' })]);
    await send([sealed(3)]);
    await server.close();
    expect(server.messages).toHaveLength(3);
    const [first = '', second = ''] = server.messages;
    expect(first).toMatch(
      /^<109>1 1970-01-01T00:00:01\.000Z [\x21-\x7e]+ rooms-desk - looked-up - \{[\x20-\x7e]+\}$/,
    );
    expect(second).toMatch(/^<108>1 /);
    expect(JSON.parse(first.slice(first.indexOf('{')))).toMatchObject({
      seq: 1,
      reason: '投屏 \n😀',
      hash: 'ab',
    });
  });

  test('that is absent, resets or never reads to the end has not received the entries', async () => {
    const reset = await syslogServer((socket) => socket.resetAndDestroy());
    await expect(
      createSyslogSender({ host: '127.0.0.1', port: reset.port })([sealed(1)]),
    ).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    await reset.close();
    await expect(
      createSyslogSender({ host: '127.0.0.1', port: reset.port })([sealed(1)]),
    ).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    const sockets: Socket[] = [];
    const silent = await syslogServer((socket) => void sockets.push(socket));
    const send = createSyslogSender({ host: '127.0.0.1', port: silent.port, timeoutMs: 200 });
    await expect(send([sealed(1)])).rejects.toMatchObject({ name: 'TimeoutError' });
    for (const socket of sockets) socket.destroy();
    await silent.close();
  });

  test('marks refusals as warnings', () => {
    expect(syslogMessage(sealed(1, { outcome: 'failed' }), 'desk')).toMatch(
      /^<108>1 \S+ desk rooms-desk - looked-up - /,
    );
  });
});

test('a file is appended to, and a failed write is an error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-'));
  const path = join(folder, 'audit.jsonl');
  writeFileSync(path, 'before\n');
  await createFileSender(path)([sealed(1), sealed(2)]);
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4);
  await expect(createFileSender(join(folder, 'no', 'folder'))([sealed(1)])).rejects.toMatchObject({
    code: 'ENOENT',
  });
  rmSync(folder, { recursive: true });
});
