import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { linesResponse } from './lines-response.ts';

const over = new EventEmitter();
const whenOver = (end: () => void) => {
  over.on('over', end);
  return () => void over.off('over', end);
};

/** Produces numbers on demand, up to `most`, then waits until it is released. */
async function* numbers(most: number, rest: Promise<void> = Promise.resolve()) {
  for (let nth = 1; nth <= most; nth += 1) yield { nth };
  await rest;
}

function read(pieces: AsyncGenerator<object>) {
  const response = linesResponse(pieces, { requestId: 'r', whenOver });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => {
    const { done, value } = await reader.read();
    return done ? null : new TextDecoder().decode(value);
  };
  return { next, cancel: () => reader.cancel(), response };
}

describe('a response in lines', () => {
  test('has one part per line, and ends when all parts are written', async () => {
    const { next, response } = read(numbers(2));
    expect(response.headers.get('x-request-id')).toBe('r');
    expect([await next(), await next(), await next()]).toEqual(['{"nth":1}\n', '{"nth":2}\n', null]);
    expect(over.listenerCount('over')).toBe(0);
  });

  test('ends when the reader’s session ends, also in the middle of a part', async () => {
    let goOn = () => {};
    const rest = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const [waits, complete] = [read(numbers(1, rest)), read(numbers(100))];
    expect(await waits.next()).toBe('{"nth":1}\n');
    expect(await complete.next()).toBe('{"nth":1}\n');
    const pending = waits.next();
    over.emit('over');
    expect([await pending, await complete.next()]).toEqual([null, null]);
    expect(over.listenerCount('over')).toBe(0);
    goOn();
  });

  test('ends when its reader disconnects or it fails, and then waits for nothing', async () => {
    const gone = read(numbers(100));
    await gone.next();
    await gone.cancel();
    const failed = read(numbers(0, Promise.reject(new Error('down'))));
    await expect(failed.next()).rejects.toThrow('down');
    expect(over.listenerCount('over')).toBe(0);
  });
});
