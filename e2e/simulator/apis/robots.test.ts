import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningSimulator, startSimulator } from '../start-simulator.ts';

const SECRET = `SECsimulated${'0'.repeat(52)}`;
const MARKDOWN = { msgtype: 'markdown', markdown: { title: 'Title', text: '#### Text' } };
const textOf = (content: string) => ({ msgtype: 'text', text: { content } });

describe('group robots', () => {
  let simulator: RunningSimulator;
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0 });
  });
  beforeEach(() => control('POST', '/reset'));
  afterAll(() => simulator.close());

  const control = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${simulator.origin}/__control${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const post = async (
    query: Record<string, string>,
    body: string,
    contentType = 'application/json',
  ): Promise<{ errcode: unknown; errmsg: string }> => {
    const response = await fetch(`${simulator.origin}/robot/send?${new URLSearchParams(query)}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    expect(response.status).toBe(200);
    return (await response.json()) as { errcode: unknown; errmsg: string };
  };
  const send = async (query: Record<string, string>, body: object = MARKDOWN) =>
    (await post(query, JSON.stringify(body))).errcode;
  const messages = async () =>
    ((await control('GET', '/robots')) as { messages: Record<string, unknown>[] }).messages;
  const signed = (at: number, secret = SECRET, encoding: 'base64' | 'base64url' = 'base64') => ({
    access_token: 'simulatedsignedrobot',
    timestamp: String(at),
    sign: createHmac('sha256', secret).update(`${at}\n${secret}`).digest(encoding),
  });
  const OPEN = { access_token: 'simulatedrobot' };

  test.each([
    ['text', { content: 'Hello' }, 'Hello', 'Hello'],
    ['markdown', { title: 'Title', text: '#### Text' }, 'Title', '#### Text'],
    ['link', { title: 'Title', text: 'Text', messageUrl: 'https://example.com' }, 'Title', 'Text'],
    [
      'actionCard',
      { title: 'Title', text: 'Text', singleTitle: 'Open', singleURL: 'https://example.com' },
      'Title',
      'Text',
    ],
    [
      'actionCard',
      { title: 'Title', text: 'Text', btns: [{ title: 'Open', actionURL: 'https://example.com' }] },
      'Title',
      'Text\nOpen',
    ],
    [
      'feedCard',
      { links: [{ title: 'First', messageURL: 'https://example.com', picURL: 'https://example.com/1.png' }] },
      'First',
      'First',
    ],
  ])('accept a message of type %s', async (msgtype, fields, title, text) => {
    expect(await send(OPEN, { msgtype, [msgtype]: fields })).toBe(0);
    expect(await messages()).toMatchObject([{ token: 'simulatedrobot', msgtype, title, text }]);
  });

  test.each([
    ['an unknown token', { access_token: 'unknown' }, JSON.stringify(MARKDOWN), 400_101],
    ['an unknown type', OPEN, '{"msgtype":"video"}', 400_105],
    ['a message without its fields', OPEN, '{"msgtype":"markdown"}', 40_035],
    ['a link without an address', OPEN, '{"msgtype":"link","link":{"title":"a","text":"b"}}', 40_035],
    [
      'a button without an address',
      OPEN,
      '{"msgtype":"actionCard","actionCard":{"title":"a","text":"b","btns":[{"title":"c"}]}}',
      40_035,
    ],
    ['a feed without entries', OPEN, '{"msgtype":"feedCard","feedCard":{"links":[]}}', 40_035],
    ['a body that is no JSON', OPEN, 'hello', 40_035],
    ['a body over 20,000 bytes', OPEN, JSON.stringify(textOf('会'.repeat(6_700))), 460_101],
  ])('refuse %s', async (_what, query, body, errcode) => {
    expect(await post(query, body)).toMatchObject({ errcode });
    expect(await messages()).toEqual([]);
  });

  test('refuse another content type, and a robot that was stopped', async () => {
    expect(await post(OPEN, JSON.stringify(MARKDOWN), 'text/plain')).toMatchObject({ errcode: 43_004 });
    await control('PUT', '/robots/simulatedrobot', { stopped: true });
    expect(await send(OPEN)).toBe(400_102);
  });

  test('with a secret accept exactly the documented signature, within an hour', async () => {
    expect(await send(signed(Date.now()))).toBe(0);
    const refused = async (query: Record<string, string>) =>
      (await post(query, JSON.stringify(MARKDOWN))).errmsg.split(',')[0];
    expect(await refused({ access_token: 'simulatedsignedrobot' })).toBe('invalid timestamp');
    expect(await refused(signed(Date.now(), 'SECother'))).toBe('sign not match');
    expect(await refused(signed(Date.now(), SECRET, 'base64url'))).toBe('sign not match');
    expect(await refused(signed(Date.now() - 2 * 3_600_000))).toBe('invalid timestamp');
    expect(await messages()).toHaveLength(1);
  });

  test('with keywords accept a message that has one of them', async () => {
    const keyword = { access_token: 'simulatedkeywordrobot' };
    expect(await send(keyword)).toBe(310_000);
    expect(await send(keyword, textOf('三楼会议室离线'))).toBe(0);
  });

  test('with addresses accept what comes from one of them', async () => {
    const query = { access_token: 'simulatediprobot' };
    const { errcode, errmsg } = await post(query, JSON.stringify(MARKDOWN));
    expect(errcode).toBe(310_000);
    expect(errmsg).toMatch(/^ip (::ffff:)?127\.0\.0\.1 not in whitelist/);
    await control('PUT', '/robots/simulatediprobot', { addresses: ['127.0.0.0/8'] });
    expect(await send(query)).toBe(0);
  });

  test('answer with errcode as text where they are set so', async () => {
    expect(await send({ access_token: 'simulatedtextrobot' })).toBe('0');
    expect(await send({ access_token: 'simulatedtextrobot' }, { msgtype: 'video' })).toBe('400105');
  });

  test('show a message once for each msgUuid', async () => {
    for (const msgUuid of ['a', 'a', 'b']) expect(await send(OPEN, { ...MARKDOWN, msgUuid })).toBe(0);
    expect((await messages()).map(({ msgUuid }) => msgUuid)).toEqual(['a', 'b']);
  });

  test('are limited for ten minutes after more than twenty messages in one', async () => {
    for (let nth = 0; nth < 20; nth += 1) expect(await send(OPEN)).toBe(0);
    expect(await send(OPEN)).toBe(410_100);
    await control('POST', '/clock', { advanceSeconds: 9 * 60 });
    expect(await send(OPEN)).toBe(410_100);
    await control('POST', '/clock', { advanceSeconds: 2 * 60 });
    expect(await send(OPEN)).toBe(0);
  });

  test('refuse settings that they do not have', async () => {
    expect(await control('PUT', '/robots/simulatedrobot', { errcodeAs: 'words' })).toMatchObject({
      error: expect.stringContaining('errcodeAs'),
    });
  });
});
