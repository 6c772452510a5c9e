import { type RawData, WebSocket } from 'ws';
import type { Clock } from '#lib/domain/clock.ts';
import type { ReceivedEvent } from '#lib/domain/device-event.ts';
import { answerTo, readFrame } from './stream-frame.ts';

/** What a link tells whoever holds it. */
export type LinkEars = {
  onEvent: (event: ReceivedEvent) => Promise<'kept' | 'later'>;
  onHeard: (what: 'frame' | 'event' | 'later' | 'garbage') => void;
};

/** One connection. */
export type StreamLink = {
  /** Settles once: the server has said that it will hang up, or the connection is over. Never rejects. */
  over: Promise<'expiring' | 'ended'>;
  ended: Promise<void>;
  /** Answers what is in hand, at most for as long as DingTalk waits for it, and hangs up. */
  close(): Promise<void>;
};

const CONNECT_MS = 5_000;
/** A link may be half dead and look alive, so we ask, and believe silence. */
const PING_EVERY_MS = 20_000;
const SILENT_AFTER_MS = 45_000;
/** DingTalk waits 3 s (PEDIA: protocol.md); we say before that that it should send again. */
const KEEP_WITHIN_MS = 2_500;
/** After "disconnect" the server is silent for 10 s and closes. */
const DRAIN_MS = 12_000;
const MOST_BYTES = 1024 * 1024;

/** Connects; rejects when that fails or takes too long. */
export async function openLink(endpoint: URL, clock: Clock, ears: LinkEars): Promise<StreamLink> {
  const socket = new WebSocket(endpoint, {
    handshakeTimeout: CONNECT_MS,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
  });
  const gone = new AbortController();
  const inHand = new Set<Promise<void>>();
  const expiring = Promise.withResolvers<void>();
  let heardAt = clock.elapsed();
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => {
      gone.abort();
      resolve();
    });
  });
  // Every failure ends in "close"; unheard it would end the process.
  socket.on('error', () => undefined);
  socket.on('pong', () => {
    heardAt = clock.elapsed();
  });
  const hear = listener(socket, clock, ears, inHand, expiring.resolve);
  socket.on('message', (raw: RawData) => {
    heardAt = clock.elapsed();
    hear(raw.toString());
  });
  const watchOver = async () => {
    while (!gone.signal.aborted) {
      await clock.sleep(PING_EVERY_MS, gone.signal).catch(() => undefined);
      if (clock.elapsed() - heardAt > SILENT_AFTER_MS) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) socket.ping();
    }
  };
  const drain = async () => {
    await clock.sleep(DRAIN_MS, gone.signal).catch(() => undefined);
    socket.terminate();
  };
  const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()));
  const first = await Promise.race([opened.then(() => 'open'), ended.then(() => 'ended')]);
  if (first === 'ended') throw new Error('the stream could not be connected');
  void watchOver();
  void expiring.promise.then(drain);
  return {
    ended,
    over: Promise.race([
      ended.then(() => 'ended' as const),
      expiring.promise.then(() => 'expiring' as const),
    ]),
    async close() {
      await Promise.all(inHand);
      socket.close(1000);
      // A server that does not say goodbye is not waited for.
      await Promise.race([ended, clock.sleep(1_000, gone.signal).catch(() => undefined)]);
      socket.terminate();
      await ended;
    },
  };
}

/** Answers each frame as its kind wants it; what takes longer is in `inHand` meanwhile. */
function listener(
  socket: WebSocket,
  clock: Clock,
  ears: LinkEars,
  inHand: Set<Promise<void>>,
  onExpiring: () => void,
) {
  const send = (text: string) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(text, () => undefined);
  };
  const take = async (messageId: string, event: ReceivedEvent) => {
    const done = new AbortController();
    const outcome = await Promise.race([
      ears.onEvent(event).catch(() => 'later' as const),
      clock.sleep(KEEP_WITHIN_MS, done.signal).then(
        () => 'later' as const,
        () => 'later' as const,
      ),
    ]);
    done.abort();
    ears.onHeard(outcome === 'kept' ? 'event' : 'later');
    send(answerTo(messageId, { status: outcome === 'kept' ? 'SUCCESS' : 'LATER', message: outcome }));
  };
  return (text: string) => {
    const frame = readFrame(text);
    ears.onHeard(frame ? 'frame' : 'garbage');
    if (frame?.kind === 'ping') send(answerTo(frame.messageId, { opaque: frame.opaque }));
    else if (frame?.kind === 'disconnect') onExpiring();
    // Unanswered it would come again for ever, and nothing here could use it.
    else if (frame?.kind === 'other') {
      send(answerTo(frame.messageId, { status: 'SUCCESS', message: 'not for us' }));
    } else if (frame?.kind === 'event') {
      const taking = take(frame.messageId, frame.event).finally(() => inHand.delete(taking));
      inHand.add(taking);
    }
  };
}
