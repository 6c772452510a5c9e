import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock.ts';
import { SlidingWindow } from './sliding-window.ts';

/** What came to a group by its robot. */
export type RobotMessage = { token: string; at: string; title: string; text: string };

/** The groups that have a robot: its token, and the secret by which it wants to be signed. */
const ROBOTS: Readonly<Record<string, string | null>> = {
  simulatedrobot: null,
  simulatedsignedrobot: 'SECsimulated0000000000000000000000000000000000000000000000000000',
};

/** [L] open.dingtalk.com/document/robots/custom-robot-access: messages a minute, and how long one is deaf after more. */
const PER_MINUTE = 20;
const MINUTE = 60_000;
const DEAF_MS = 10 * MINUTE;
const HOUR = 60 * MINUTE;

/** Group robots and what they were told. */
export class Robots {
  readonly #clock: Clock;
  #messages: RobotMessage[] = [];
  #windows = new Map<string, SlidingWindow>();
  #deafUntil = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get messages(): readonly RobotMessage[] {
    return this.#messages;
  }

  reset(): void {
    this.#messages = [];
    this.#windows = new Map();
    this.#deafUntil = new Map();
  }

  isKnown(token: string): boolean {
    return Object.hasOwn(ROBOTS, token);
  }

  /** Whether a request is signed as the robot wants it; a robot without a secret wants nothing. */
  isSigned(token: string, timestamp: string, sign: string): boolean {
    const secret = ROBOTS[token];
    if (secret === null || secret === undefined) return true;
    if (!/^\d{13}$/.test(timestamp) || Math.abs(this.#clock.now() - Number(timestamp)) > HOUR) return false;
    const wanted = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest();
    const given = Buffer.from(sign, 'base64');
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  /** Whether one more message is too many; then the robot is deaf for a while. */
  isTooMany(token: string): boolean {
    const now = this.#clock.now();
    if ((this.#deafUntil.get(token) ?? 0) > now) return true;
    const window = this.#windows.get(token) ?? new SlidingWindow(MINUTE);
    this.#windows.set(token, window);
    window.add(now);
    if (window.count(now) <= PER_MINUTE) return false;
    this.#deafUntil.set(token, now + DEAF_MS);
    return true;
  }

  add(token: string, title: string, text: string): void {
    this.#messages.push({ token, at: new Date(this.#clock.now()).toISOString(), title, text });
  }
}
