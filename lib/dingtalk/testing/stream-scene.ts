import { expect, vi } from 'vitest';
import { createDingTalk } from '#lib/dingtalk/dingtalk.ts';
import type { Stream, StreamListeners } from '#lib/dingtalk/stream/stream.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';
import type { StreamState } from '#lib/domain/events/stream-state.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { createJumpingClock, type JumpingClock } from './jumping-clock.ts';
import { type Connection, type ScriptedStream, startStream } from './scripted-stream.ts';

/** A stream with a scripted DingTalk one socket away, and a clock that stands still until it is advanced. */
export type StreamScene = {
  server: ScriptedStream;
  clock: JumpingClock;
  stream: Stream;
  /** Everything that was handed on, in order. */
  events: ReceivedEvent[];
  states: StreamState[];
  /** The connection of that number, counted from 1, once the stream says that it is open. */
  connection(number: number): Promise<Connection>;
  /** Stops the stream, then both ends. */
  close(): Promise<void>;
};

type Options = {
  onEvent?: StreamListeners['onEvent'];
  clock?: Clock;
  random?: () => number;
  proxy?: EgressProxy;
};

export async function openStreamScene({ onEvent, ...options }: Options = {}): Promise<StreamScene> {
  const server = await startStream();
  const clock = createJumpingClock();
  const dingtalk = createDingTalk({
    apiOrigin: server.origin,
    oapiOrigin: server.origin,
    loginOrigin: 'https://login.test',
    clientId: 'client',
    clientSecret: 'canary-client-secret',
    corpId: null,
    callsPerSecond: Number.POSITIVE_INFINITY,
    clock,
    random: () => 0,
    ...options,
  });
  const events: ReceivedEvent[] = [];
  const states: StreamState[] = [];
  let closed: Promise<unknown> | null = null;
  const stream = dingtalk.openStream({
    onEvent: (event) => {
      events.push(event);
      return onEvent?.(event) ?? Promise.resolve('kept');
    },
    onState: (state) => states.push(state),
  });
  return {
    server,
    clock,
    stream,
    events,
    states,
    async connection(number) {
      await until(() => stream.state().connectionsMade >= number && server.connections.length >= number);
      return server.connections[number - 1] as Connection;
    },
    async close() {
      await stream.stop();
      closed ??= Promise.all([dingtalk.close(), server.close()]);
      await closed;
      expect(JSON.stringify(states)).not.toMatch(/canary/);
    },
  };
}

/** Waits in real time until it is so. */
export function until(condition: () => boolean): Promise<void> {
  return vi.waitFor(() => expect(condition()).toBe(true), { interval: 2, timeout: 5_000 });
}

/** An EVENT frame as the protocol page shows it. */
export function eventFrame(id: string, headers: Record<string, unknown> = {}, data?: unknown) {
  return {
    specVersion: '1.0',
    type: 'EVENT',
    headers: {
      topic: '*',
      messageId: `message-${id}`,
      contentType: 'application/json',
      time: '1795305600000',
      eventType: 'open_meeting_room_device_alarm',
      eventId: id,
      eventCorpId: 'ding99xxxxx',
      eventBornTime: '1795305599000',
      eventUnifiedAppId: 'app',
      ...headers,
    },
    data: data === undefined ? JSON.stringify({ deviceId: '1234' }) : data,
  };
}

/** A SYSTEM frame. */
export function systemFrame(topic: string, data: unknown = {}) {
  const headers = { topic, messageId: `message-${topic}`, contentType: 'application/json' };
  return { specVersion: '1.0', type: 'SYSTEM', headers, data: JSON.stringify(data) };
}
