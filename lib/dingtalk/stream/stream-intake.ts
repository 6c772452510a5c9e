import type { Clock } from '#lib/domain/clock.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';
import { answerFrame, eventStatus, type Frame, readFrame } from './stream-frame.ts';

/** DingTalk waits 3 seconds for an answer (DingTalk docs: develop-stream-mode-push-server); this leaves it its way. */
export const ANSWER_WITHIN_MS = 2_500;

/** Takes charge of an event: `kept` once it is durable, `later` (or a rejection) to be sent it again. */
export type OnEvent = (event: ReceivedEvent) => Promise<'kept' | 'later'>;

export type Tally = { lastEventAt: number | null; events: number; later: number; garbage: number };

/** What frames do, whatever connection they come by. */
export type Intake = {
  /** Answers true when DingTalk is about to close the connection. */
  take(bytes: Uint8Array, send: (text: string) => void): boolean;
  /** From now on every event is answered with LATER; resolves when those in hand are dealt with. */
  finish(): Promise<void>;
  tally(): Tally;
};

/**
 * Hands events on and answers for them: SUCCESS only for what is kept, never for what failed or takes too long. What
 * was not asked for is answered too, plainly, because DingTalk repeats what is not answered.
 */
export function createIntake(onEvent: OnEvent, clock: Clock): Intake {
  const tally: Tally = { lastEventAt: null, events: 0, later: 0, garbage: 0 };
  const inHand = new Set<Promise<unknown>>();
  let finishing = false;

  async function keep(event: ReceivedEvent): Promise<'kept' | 'later'> {
    if (finishing) return 'later';
    try {
      return (await onEvent(event)) === 'kept' ? 'kept' : 'later';
    } catch {
      return 'later';
    }
  }

  async function takeEvent(
    { event, messageId }: Extract<Frame, { kind: 'event' }>,
    send: (text: string) => void,
  ) {
    tally.events += 1;
    tally.lastEventAt = clock.now();
    const keeping = keep(event);
    const outcome = await inTime(keeping, clock);
    if (outcome === 'later') tally.later += 1;
    if (messageId !== null)
      send(answerFrame(messageId, eventStatus(outcome === 'kept' ? 'SUCCESS' : 'LATER')));
    // What was put off still runs, and whoever stops us may be about to close what it writes to.
    await keeping;
  }

  return {
    take(bytes, send) {
      const frame = readFrame(bytes);
      if (frame === null) {
        tally.garbage += 1;
      } else if (frame.kind === 'event') {
        const work = takeEvent(frame, send).finally(() => inHand.delete(work));
        inHand.add(work);
      } else if (frame.kind === 'ping' || frame.kind === 'other') {
        const data = frame.kind === 'ping' ? frame.data : '{}';
        if (frame.messageId !== null) send(answerFrame(frame.messageId, data));
      }
      return frame?.kind === 'leave';
    },
    async finish() {
      finishing = true;
      await Promise.all(inHand);
    },
    tally: () => ({ ...tally }),
  };
}

async function inTime(keeping: Promise<'kept' | 'later'>, clock: Clock): Promise<'kept' | 'later'> {
  const done = new AbortController();
  const tooLate = clock.sleep(ANSWER_WITHIN_MS, done.signal).then(
    () => 'later' as const,
    () => keeping,
  );
  const outcome = await Promise.race([keeping, tooLate]);
  done.abort();
  return outcome;
}
