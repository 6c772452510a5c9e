import { isDeepStrictEqual } from 'node:util';
import { type Body, freshId } from './event.ts';
import type { Hostility } from './hostility.ts';
import { type Attempt, type Parcel, startAttempt } from './ledger.ts';
import type { StreamConnection } from './stream-connection.ts';
import { type Ack, eventFrame } from './stream-frame.ts';
import type { StreamSettings } from './stream-settings.ts';
import { Timers } from './timers.ts';

type SimulatorContext = {
  clock: { now(): number };
  hostility: () => Hostility;
  settings: () => StreamSettings;
  pick: () => StreamConnection | undefined;
};
type Push = {
  parcel: Parcel;
  since: number;
  connection: StreamConnection;
  attempt: Attempt;
  calm: () => void;
};

const MOST_HELD = 1_000;
const OWN_DATA = "the event's own data";

/**
 * What an acknowledgement of code 200 says. DingTalk's SDKs for Node, Java and Go send a status; its Python SDK sends the
 * event's own data instead (open-dingtalk/dingtalk-stream-sdk-python 8d8bb1c).
 */
function outcomeOf(data: Body, event: Body): string {
  const isOwnData =
    Object.keys(data).length > 0 && isDeepStrictEqual(data, JSON.parse(JSON.stringify(event)));
  return isOwnData ? OWN_DATA : String(data.status ?? 'no status');
}

/** Events to be sent by the stream: kept without a connection, and pushed until they are acknowledged. */
export class StreamPushes {
  readonly #context: SimulatorContext;
  readonly #timers = new Timers();
  readonly #pushes = new Map<string, Push>();
  #held: Parcel[] = [];
  #spilt = 0;

  constructor(context: SimulatorContext) {
    this.#context = context;
  }

  send(parcel: Parcel): void {
    this.#push(parcel, freshId(), Date.now());
  }

  /** A connection opens: the kept events are sent. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    for (const parcel of held) this.send(parcel);
  }

  acknowledge({ messageId, code, data }: Ack): void {
    const push = this.#pushes.get(messageId);
    if (!push) return;
    const outcome = code === 200 ? outcomeOf(data, push.parcel.event.body) : `code ${String(code)}`;
    push.attempt.outcome = outcome;
    if (outcome !== 'SUCCESS' && outcome !== OWN_DATA) return;
    push.calm();
    push.parcel.delivery.state = 'acknowledged';
    this.#pushes.delete(messageId);
  }

  /** Events that this connection has not acknowledged go to another one immediately. */
  lose(connection: StreamConnection): void {
    for (const [messageId, push] of this.#pushes) {
      if (push.connection !== connection) continue;
      push.calm();
      this.#pushes.delete(messageId);
      if (push.attempt.outcome === 'waiting') push.attempt.outcome = 'connection lost';
      this.send(push.parcel);
    }
  }

  forget(): void {
    this.#timers.clear();
    this.#pushes.clear();
    this.#held = [];
    this.#spilt = 0;
  }

  state(): { held: number; unanswered: number; spilt: number } {
    return { held: this.#held.length, unanswered: this.#pushes.size, spilt: this.#spilt };
  }

  #push(parcel: Parcel, messageId: string, since: number): void {
    const { clock, hostility, settings, pick } = this.#context;
    const connection = pick();
    if (!connection) {
      this.#hold(parcel);
      return;
    }
    const now = clock.now();
    const attempt = startAttempt(parcel.delivery, now);
    const wait = (settings().answerSeconds * 1_000) / settings().speed;
    const calm = this.#timers.after(wait, () => this.#pushAgain(messageId));
    this.#pushes.set(messageId, { parcel, since, connection, attempt, calm });
    const frame = eventFrame(parcel.event, messageId, now);
    const plans = hostility();
    if (plans.cutFrames > 0) {
      plans.cutFrames -= 1;
      attempt.outcome = 'cut in mid-frame';
      connection.cut(frame);
    } else connection.sendFrame(frame);
  }

  #pushAgain(messageId: string): void {
    const push = this.#pushes.get(messageId);
    if (!push) return;
    const { parcel, since, attempt } = push;
    const { giveUpSeconds, speed } = this.#context.settings();
    this.#pushes.delete(messageId);
    if (attempt.outcome === 'waiting') attempt.outcome = 'no answer';
    if (Date.now() - since < (giveUpSeconds * 1_000) / speed) this.#push(parcel, messageId, since);
    else parcel.delivery.state = 'failed';
  }

  /** Drops the oldest event when there are too many. */
  #hold(parcel: Parcel): void {
    this.#held.push(parcel);
    if (this.#held.length <= MOST_HELD) return;
    const oldest = this.#held.shift();
    if (oldest) oldest.delivery.state = 'dropped';
    this.#spilt += 1;
  }
}
