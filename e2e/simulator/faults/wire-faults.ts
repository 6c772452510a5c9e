import { deliver } from '../answer.ts';
import { type FaultKind, numberArg } from './fault-kind.ts';
import { pause } from './pause.ts';

const RESET_AFTER_MS = 20;

/** Connection faults. A disconnecting client ends each of them; clearing the faults ends their waits. */
export const WIRE_FAULTS: Record<string, FaultKind> = {
  reset: {
    meaning: 'the connection is reset in the middle of the body',
    counted: 'no',
    send: async (response, { status, headers, body }, _args, { left }) => {
      response.writeHead(status, { ...headers, 'content-length': body.length + 1 });
      response.write(body.subarray(0, Math.ceil(body.length / 2)));
      await pause(RESET_AFTER_MS, left);
      response.socket?.resetAndDestroy();
    },
  },
  hang: {
    meaning: 'no answer for a long time',
    args: { seconds: 10 },
    counted: 'no',
    send: async (response, answer, { seconds }, { left, held }) => {
      await pause(numberArg(seconds, 10) * 1_000, held);
      if (!left.aborted) deliver(response, answer);
    },
  },
  slow: {
    meaning: 'the right answer, late',
    args: { ms: 1_000 },
    counted: 'as-usual',
    send: async (response, answer, { ms }, { left, held }) => {
      await pause(numberArg(ms, 1_000), held);
      if (!left.aborted) deliver(response, answer);
    },
  },
  drip: {
    meaning: 'the right answer, byte by byte',
    args: { ms: 1_000 },
    counted: 'as-usual',
    send: async (response, { status, headers, body }, { ms }, { left, held }) => {
      response.writeHead(status, { ...headers, 'content-length': body.length });
      for (let at = 0; at < body.length && !left.aborted; at++) {
        response.write(body.subarray(at, at + 1));
        await pause(numberArg(ms, 1_000), held);
      }
      response.end();
    },
  },
};
