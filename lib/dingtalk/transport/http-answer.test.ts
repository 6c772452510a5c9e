import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEVICES, failure, openScene, type Scene } from '#lib/dingtalk/testing/scene.ts';
import { type Answer, json, startUpstream, text } from '#lib/dingtalk/testing/scripted-upstream.ts';
import { SOCKET_BUFFER_BYTES } from '#lib/testing/servers/socket-buffers.ts';
import { MAX_BODY_BYTES } from './http-body.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ callsPerSecond: 10_000 });
});
afterAll(() => scene.close());

const GOOD = '{"result":{"deviceId":"1234"}}';
const deep = (levels: number) => `{"result":{"deviceId":"1","x":${'['.repeat(levels)}${']'.repeat(levels)}}}`;

const CONFUSED: [what: string, answer: Answer, reason: string][] = [
  ['HTML with 200', text(200, '<!doctype html><p>canary-access-token'), 'not-json'],
  ['an empty body', text(200, ''), 'not-json'],
  ['204', text(204, ''), 'not-json'],
  ['cut JSON', text(200, GOOD.slice(0, -2)), 'not-json'],
  ['invalid UTF-8', text(200, Buffer.from('{"result":{"deviceId":"\xff"}}', 'latin1')), 'not-json'],
  ['gzip', text(200, gzipSync(GOOD), { 'content-encoding': 'gzip' }), 'not-json'],
  ['a gzip bomb', text(200, gzipSync(Buffer.alloc(5e7)), { 'content-encoding': 'GZIP' }), 'not-json'],
  ['nesting as deep as a stack', text(200, deep(200_000)), 'not-json'],
  ['nesting beyond the limit', text(200, deep(40)), 'not-json'],
  ['an array', text(200, '[1]'), 'shape'],
  ['a word', text(200, '"ok"'), 'shape'],
  ['null', text(200, 'null'), 'shape'],
  ['only unknown fields', text(200, '{}'), 'shape'],
  ['an error code that is no number', json(200, { errcode: { valueOf: 1, toString: 1 } }), 'unrecognised'],
  ['a status that is no number', json(200, { status: { valueOf: 1, toString: 1 } }), 'shape'],
  ['10 MB', text(200, Buffer.alloc(10_000_000, 32)), 'too-large'],
];

describe('an answer in an unexpected shape', () => {
  test.each(CONFUSED)('%s is dingtalk-confused, and not retried', async (_, answer, reason) => {
    scene.upstream.on(DEVICES, answer);
    const before = scene.upstream.count(DEVICES);
    expect((await failure(scene.ask())).reason).toBe(`dingtalk-confused.${reason}`);
    expect(scene.upstream.count(DEVICES)).toBe(before + 1);
  });

  test('an answer may be as large as the limit', async () => {
    scene.upstream.on(DEVICES, text(200, GOOD.padEnd(MAX_BODY_BYTES, ' ')));
    expect((await scene.ask()).device.deviceId).toBe('1234');
    scene.upstream.on(DEVICES, text(200, GOOD.padEnd(MAX_BODY_BYTES + 1, ' ')));
    expect((await failure(scene.ask())).reason).toBe('dingtalk-confused.too-large');
  });

  test('an endless body is abandoned at the limit', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, 32);
    const left = new Promise<void>((resolve) => {
      scene.upstream.on(DEVICES, (response) => {
        response.on('close', resolve);
        const more = () => {
          while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        };
        response.on('drain', more);
        more();
      });
    });
    expect((await failure(scene.ask())).reason).toBe('dingtalk-confused.too-large');
    await left;
    expect(sent - SOCKET_BUFFER_BYTES).toBeLessThan(20 * MAX_BODY_BYTES);
  });

  test('a redirect is not followed, wherever it leads and whatever its body contains', async () => {
    const elsewhere = await startUpstream();
    for (const status of [301, 302, 307, 308]) {
      scene.upstream.on(DEVICES, json(status, { code: 'device.not.found' }, { location: elsewhere.origin }));
      const error = await failure(scene.ask());
      expect(error.reason).toBe('dingtalk-confused.redirected');
      expect(error.upstream?.status).toBe(status);
    }
    expect(elsewhere.seen).toHaveLength(0);
    await elsewhere.close();
  });

  test('502 with HTML is a fault, also compressed', async () => {
    scene.upstream.on(DEVICES, text(502, '<html>'));
    expect((await failure(scene.ask())).reason).toBe('dingtalk-unreachable.fault');
    scene.upstream.on(DEVICES, text(502, gzipSync('<html>'), { 'content-encoding': 'gzip' }));
    expect((await failure(scene.ask())).reason).toBe('dingtalk-unreachable.fault');
  });

  test.each([
    [{ code: 'no.permission', message: 'no permission' }, 'dingtalk-refused.operator'],
    [{ Code: 'device.not.found', Message: 'x', result: null }, 'device-not-found.device'],
    [{ errcode: 90018, errmsg: 'x' }, 'dingtalk-throttled.rate'],
    [{ errcode: '88', errmsg: 'x', sub_code: '60011' }, 'dingtalk-refused.scope'],
    [{ code: 'brand.new', message: 'x' }, 'dingtalk-confused.unrecognised'],
    [{ success: false, code: 500, message: 'x' }, 'dingtalk-confused.unrecognised'],
  ])('%o with HTTP 200 is that error', async (body, reason) => {
    scene.upstream.on(DEVICES, json(200, body));
    expect((await failure(scene.ask())).reason).toBe(reason);
  });

  test.each([
    { code: 'brand.new', result: { deviceId: '1234' } },
    { code: '0', message: 'ok', result: { deviceId: '1234' } },
    { errcode: 0, errmsg: 'ok', code: 200, message: 'success', result: { deviceId: '1234' } },
  ])('%o is no error', async (body) => {
    scene.upstream.on(DEVICES, json(200, body));
    expect((await scene.ask()).device.deviceId).toBe('1234');
  });

  test('the next query is answered after an answer that was left unread', async () => {
    scene.upstream.on(DEVICES, text(200, gzipSync(GOOD), { 'content-encoding': 'gzip' }), text(200, GOOD));
    await failure(scene.ask());
    expect((await scene.ask()).device.deviceId).toBe('1234');
  });
});
