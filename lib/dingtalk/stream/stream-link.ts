import { WebSocket } from 'ws';
import type { Clock } from '#lib/domain/clock.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import { connectionThrough } from '#lib/egress/clients.ts';
import { type EgressProxy, proxyFailureCode } from '#lib/egress/egress-proxy.ts';

/** As DingTalk's Java client; a host that takes longer is tried again. */
const CONNECT_TIMEOUT_MS = 3_000;

/** Often enough to keep what is between us and DingTalk from forgetting a quiet connection. */
export const PING_EVERY_MS = 20_000;

/** Two pings without an answer, and a little. Without this a half-dead connection looks alive for ever. */
export const DEAD_AFTER_MS = 45_000;

/** For the other end to say goodbye too. */
const GOODBYE_MS = 1_000;

/** Largest frame that is taken; an event is a few hundred bytes. */
const MAX_FRAME_BYTES = 1024 * 1024;

/** One connection. It is over once; whoever wants another opens another. */
export type Link = {
  /** Whether it came to stand. */
  opened: Promise<boolean>;
  /** Why it is over, when it is. */
  closed: Promise<ErrorReason>;
  /** Nothing when it no longer stands: DingTalk repeats what was not answered. */
  send(text: string): void;
  /** Gone at the latest after so many milliseconds. */
  endWithin(ms: number): void;
  /** Says goodbye; resolves when it is gone. */
  close(): Promise<void>;
};

type Options = {
  clock: Clock;
  proxy: EgressProxy | null;
  /** Called for everything that is received, answers to pings included. */
  onReceived: () => void;
  onMessage: (bytes: Buffer) => void;
};

/** Connects, keeps an eye on the connection and drops it when nothing is received any more. Never throws or rejects. */
export function openLink(url: string, { clock, proxy, onReceived, onMessage }: Options): Link {
  const over = new AbortController();
  const createConnection = connectionThrough(proxy, new URL(url), over.signal);
  // Text is checked where it is read: one bad byte then costs that frame rather than the connection.
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    skipUTF8Validation: true,
    ...(createConnection && { createConnection }),
  });
  let why: ErrorReason | null = null;
  let receivedAt = clock.elapsed();

  const after = (ms: number, act: () => void) => void clock.sleep(ms, over.signal).then(act, () => {});
  const drop = (reason: ErrorReason) => {
    why ??= reason;
    socket.terminate();
  };
  const received = () => {
    receivedAt = clock.elapsed();
    onReceived();
  };

  function watch(pingAt: number): void {
    const next = Math.min(pingAt, receivedAt + DEAD_AFTER_MS);
    after(Math.max(0, next - clock.elapsed()), () => {
      const now = clock.elapsed();
      if (now - receivedAt >= DEAD_AFTER_MS) return drop('dingtalk-unreachable.no-answer');
      if (now < pingAt) return watch(pingAt);
      if (socket.readyState === WebSocket.OPEN) socket.ping();
      watch(now + PING_EVERY_MS);
    });
  }

  const closed = new Promise<ErrorReason>((resolve) => {
    socket.on('close', () => {
      over.abort();
      resolve(why ?? 'dingtalk-unreachable.no-connection');
    });
  });
  const opened = new Promise<boolean>((resolve) => {
    socket.on('open', () => {
      received();
      watch(receivedAt + PING_EVERY_MS);
      resolve(true);
    });
    closed.then(() => resolve(false));
  });
  socket.on('error', (error) => {
    why ??= reasonOf(error);
  });
  socket.on('unexpected-response', (_, { statusCode = 0 }) =>
    drop(statusCode >= 500 ? 'dingtalk-unreachable.fault' : 'dingtalk-confused.unrecognised'),
  );
  for (const sign of ['ping', 'pong'] as const) socket.on(sign, received);
  socket.on('message', (data) => {
    received();
    onMessage(data as Buffer);
  });
  after(CONNECT_TIMEOUT_MS, () => {
    if (socket.readyState === WebSocket.CONNECTING) drop('dingtalk-unreachable.no-answer');
  });

  const endWithin = (ms: number) => after(ms, () => socket.terminate());
  return {
    opened,
    closed,
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    endWithin,
    async close() {
      if (socket.readyState === WebSocket.OPEN) socket.close(1000);
      else socket.terminate();
      endWithin(GOODBYE_MS);
      await closed;
    },
  };
}

// The original error is not kept: it may quote the address, which holds the ticket.
function reasonOf(error: Error): ErrorReason {
  const code = 'code' in error ? String(error.code) : '';
  if (proxyFailureCode(error) !== null) return 'dingtalk-unreachable.proxy';
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return 'dingtalk-confused.too-large';
  return code.startsWith('WS_ERR_') ? 'dingtalk-confused.shape' : 'dingtalk-unreachable.no-connection';
}
