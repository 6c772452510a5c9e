import { describe, expect, test } from 'vitest';
import { readBody } from './read-body.ts';

const sent = (body: BodyInit | null) =>
  new Request('https://desk.example', { method: 'POST', body, duplex: 'half' } as RequestInit);

describe('the body of a request', () => {
  test('is an object, or nothing', async () => {
    expect(await readBody(sent('{"q":"会议室","n":[1]}'))).toEqual({ q: '会议室', n: [1] });
    expect(await readBody(sent(null))).toEqual({});
    expect(await readBody(sent(''))).toEqual({});
  });

  test('is read completely however it is split', async () => {
    const bytes = new TextEncoder().encode('{"q":"会议室"}');
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    expect(await readBody(sent(pieces))).toEqual({ q: '会议室' });
  });

  test('may hold the longest ticket in the longest encoding', async () => {
    const body = `{"q":"${'\\u4f1a'.repeat(20_000)}"}`;
    expect(await readBody(sent(body))).toEqual({ q: '会'.repeat(20_000) });
  });

  test.each(['{', 'null', '5', '"text"', '[]', '[{}]', 'q=1', ' '])('is refused as %j', async (body) => {
    await expect(readBody(sent(body))).rejects.toMatchObject({ reason: 'invalid-question.body' });
  });

  test('that is not JSON is not quoted in the error, which is logged', async () => {
    const error: unknown = await readBody(sent('canary-secret')).catch((thrown: unknown) => thrown);
    expect(`${(error as Error).cause}`).toBe('not JSON');
  });

  test('that never ends is refused without being kept', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(16 * 1024).fill(32));
      },
    });
    await expect(readBody(sent(endless))).rejects.toMatchObject({ reason: 'invalid-question.body' });
    expect(pulled).toBeLessThan(16);
  });
});
