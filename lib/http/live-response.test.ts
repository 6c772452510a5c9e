import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Live, LiveEvent } from '#lib/services/events/live.ts';
import { liveResponse } from './live-response.ts';

/** The one side of a live feed that a response sees, turned by hand. */
function feed(begin: Promise<void> = Promise.resolve()) {
  const listeners = new Map<(events: LiveEvent[]) => void, () => void>();
  const live: Live = {
    async subscribe(_, send, end) {
      await begin;
      listeners.set(send, end);
      return () => void listeners.delete(send);
    },
    close() {
      for (const end of listeners.values()) end();
    },
  };
  const send = (events: LiveEvent[]) => {
    for (const each of listeners.keys()) each(events);
  };
  return { live, listeners, send };
}

const over = new EventEmitter();
let gone = 0;
const left = () => {
  gone += 1;
};
const whenOver = (end: () => void) => {
  over.on('over', end);
  return () => void over.off('over', end);
};
const reader = (signal: AbortSignal) => ({ signal, whenOver, left });
const never = () => reader(new AbortController().signal);
const soon = () => new Promise((resolve) => setImmediate(resolve));
const readerOf = (response: Response) => {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => {
    const { done, value } = await reader.read();
    return done ? null : new TextDecoder().decode(value);
  };
  return { next, cancel: () => reader.cancel() };
};

describe('the stream of events', () => {
  test('writes each event with its number, and ends with the feed', async () => {
    const { live, send } = feed();
    const response = liveResponse(live, 5, never());
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const { next } = readerOf(response);
    expect(await next()).toBe('retry: 2000\n\n');
    await soon();
    send([
      { id: 7, event: 'room', data: { roomId: 'a\nb' } },
      { id: null, event: 'reset', data: {} },
    ]);
    expect(await next()).toBe('id: 7\nevent: room\ndata: {"roomId":"a\\nb"}\n\nevent: reset\ndata: {}\n\n');
    live.close();
    expect(await next()).toBeNull();
  });

  test('ends when its reader disconnects, before and after it subscribed', async () => {
    for (const goesFirst of [true, false]) {
      let begin = () => {};
      const { live, listeners, send } = feed(new Promise((resolve) => (begin = resolve)));
      const { cancel } = readerOf(liveResponse(live, null, never()));
      if (goesFirst) await cancel();
      begin();
      await soon();
      if (!goesFirst) await cancel();
      expect(listeners.size).toBe(0);
      send([{ id: 1, event: 'reset', data: {} }]);
    }
  });

  test('ends when the request is aborted, also before the start', async () => {
    const leaving = new AbortController();
    const { live, listeners } = feed();
    const { next } = readerOf(liveResponse(live, null, reader(leaving.signal)));
    await soon();
    leaving.abort();
    expect([await next(), await next(), listeners.size]).toEqual(['retry: 2000\n\n', null, 0]);
    expect(await readerOf(liveResponse(live, null, reader(leaving.signal))).next()).toBeNull();
    expect(listeners.size).toBe(0);
  });

  test('ends when the reader’s session ends, without keeping the session check alive', async () => {
    const { live, listeners } = feed();
    const [stays, goes] = [
      readerOf(liveResponse(live, null, never())),
      readerOf(liveResponse(live, null, never())),
    ];
    await soon();
    await goes.cancel();
    expect(over.listenerCount('over')).toBe(1);
    over.emit('over');
    expect([await stays.next(), await stays.next()]).toEqual(['retry: 2000\n\n', null]);
    expect([over.listenerCount('over'), listeners.size]).toEqual([0, 0]);
  });

  test('reports once that its reader has left, however it ended', async () => {
    const { live } = feed();
    const aborted = new AbortController();
    gone = 0;
    const streams = [reader(aborted.signal), never(), never()].map((each) =>
      readerOf(liveResponse(live, null, each)),
    );
    await soon();
    expect(gone).toBe(0);
    aborted.abort();
    await streams[0]?.cancel();
    expect(gone).toBe(1);
    await streams[1]?.cancel();
    over.emit('over');
    expect(gone).toBe(3);
    readerOf(liveResponse(live, null, reader(aborted.signal)));
    expect(gone).toBe(4);
  });

  test('ends when it cannot subscribe to the feed, so that the browser reconnects', async () => {
    const { live } = feed(Promise.reject(new Error('down')));
    const { next } = readerOf(liveResponse(live, null, never()));
    expect([await next(), await next()]).toEqual(['retry: 2000\n\n', null]);
  });

  test('ends for a reader that falls behind, and keeps nothing more for it', async () => {
    const { live, listeners, send } = feed();
    const { next } = readerOf(liveResponse(live, null, never()));
    await soon();
    for (let id = 0; id < 200; id++) send([{ id, event: 'reset', data: {} }]);
    expect(listeners.size).toBe(0);
    let received = 0;
    while ((await next()) !== null) received += 1;
    expect(received).toBeLessThan(70);
  });
});
