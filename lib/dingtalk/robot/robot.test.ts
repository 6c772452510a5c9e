import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#lib/server/system-clock.ts';
import { createRobot, type Robot } from './robot.ts';
import { robotFaultOf } from './robot-fault.ts';

let server: Server;
let robot: Robot;
let origin: string;
let answer: (response: ServerResponse) => void;
const bodies: Record<string, unknown>[] = [];

beforeAll(async () => {
  server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  robot = createRobot(origin, systemClock, 1_000);
});
afterAll(async () => {
  await robot.close();
  server.close();
});

const send = (text: string) => {
  answer = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  return robot.send(`${origin}/robot/send?access_token=abc`, null, { uuid: 'u-1', title: 'T', text: 'x' });
};

test.each([
  ['{"errcode":0,"errmsg":"ok"}', 0],
  ['{"errcode":"0","errmsg":"ok"}', 0],
  ['{"errcode":"310000","errmsg":"sign not match"}', 310_000],
  ['{"errcode":"-1"}', -1],
  ['{"errcode":""}', null],
  ['{"errcode":"ok"}', null],
  ['{"errcode":0.5}', null],
  ['{"errcode":null}', null],
  ['{}', null],
  ['<html>', null],
])('reads the result in %s', async (text, code) => {
  expect(await send(text)).toMatchObject({ status: 200, code });
});

test('sends the id of the message as msgUuid', async () => {
  bodies.length = 0;
  await send('{"errcode":0}');
  expect(bodies).toEqual([{ msgtype: 'markdown', msgUuid: 'u-1', markdown: { title: 'T', text: 'x' } }]);
});

test.each([
  [310_000, 'keywords not in content, more: [https://ding-doc…]', 'robot-keywords'],
  [310_000, 'invalid timestamp, more: […]', 'robot-timestamp'],
  [310_000, 'sign not match, more: […]', 'robot-signature'],
  [310_000, 'ip 203.0.113.9 not in whitelist, more: […]', 'robot-address'],
  [310_000, '', 'robot-security'],
  [400_013, '', 'group-gone'],
  [400_101, 'token is not exist', 'robot-token'],
  [400_102, '', 'robot-stopped'],
  [400_105, '', 'message-form'],
  [400_106, '', 'robot-gone'],
  [400_199, '', 'robot-refused'],
  [430_101, '', 'message-content'],
  [430_104, '', 'message-content'],
  [460_101, '', 'message-too-long'],
  [-1, '', 'robot-busy'],
  [410_100, '', 'robot-limited'],
  [130_101, '', 'robot-limited'],
  [999_999, '', 'robot-unrecognised'],
])('errcode %i %s is %s', (code, said, fault) => {
  expect(robotFaultOf(code, said)).toBe(fault);
});
