import type { StreamConnection } from './stream-connection.ts';
import { systemFrame } from './stream-frame.ts';

export type ActionScene = { now: number; silenceMs: number };
type Action = { meaning: string; run: (connection: StreamConnection, scene: ActionScene) => void };

/** Invalid frames that a client has to survive; none of them can be acknowledged. */
const garbage = (now: number): (string | Buffer)[] => [
  'this is not JSON',
  '',
  '[]',
  'null',
  '{"specVersion":"1.0","type":"EVENT"}',
  JSON.stringify({
    specVersion: '1.0',
    type: 'EVENT',
    headers: { topic: '*', time: String(now) },
    data: 'no',
  }),
  JSON.stringify({
    specVersion: '9.9',
    type: 'GOSSIP',
    headers: { topic: '*', messageId: 'gossip' },
    data: '{}',
  }),
  Buffer.from([0xff, 0xfe, 0x00, 0x81]),
];

const topic =
  (name: string): Action['run'] =>
  (connection, { now }) =>
    connection.sendFrame(systemFrame(name, {}, now));

/** The actions on a stream. */
export const STREAM_ACTIONS: Record<string, Action> = {
  ping: { meaning: 'SYSTEM ping', run: (connection) => connection.ping() },
  keepalive: { meaning: 'SYSTEM KEEPALIVE', run: topic('KEEPALIVE') },
  connected: { meaning: 'SYSTEM CONNECTED', run: topic('CONNECTED') },
  registered: { meaning: 'SYSTEM REGISTERED', run: topic('REGISTERED') },
  disconnect: {
    meaning: 'SYSTEM disconnect, silence, then the end',
    run: (connection, { silenceMs }) => connection.disconnect(silenceMs),
  },
  close: { meaning: 'the end, without a word', run: (connection) => connection.terminate() },
  silence: {
    meaning: 'a half-dead link: it stays open, nothing is said or answered any more',
    run: (connection) => connection.fallSilent(),
  },
  cut: {
    meaning: 'half of a frame, then the end',
    run: (connection, { now }) => connection.cut(systemFrame('KEEPALIVE', {}, now)),
  },
  garbage: {
    meaning: 'frames that are no JSON, of no known type, without headers, binary',
    run: (connection, { now }) => {
      for (const text of garbage(now)) connection.expectText(text);
    },
  },
};
