import { createHmac } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { Clock } from '../clock.ts';
import { SlidingWindow } from '../sliding-window.ts';

/**
 * A message that a group robot accepted. `title` and `text` are what a phone shows of it, `body` is all that was sent.
 */
export type RobotMessage = {
  token: string;
  at: string;
  msgtype: string;
  msgUuid: string | null;
  title: string;
  text: string;
  body: Record<string, unknown>;
};

/**
 * How a group owner set up a robot (DOC:customize-robot-security-settings): a signing secret, up to ten keywords of which
 * one must occur, or the addresses that may send. `errcodeAs` is the JSON type of `errcode` in its answers: DingTalk's
 * table says number and its sample shows a text.
 */
export type RobotSettings = {
  secret: string | null;
  keywords: string[];
  addresses: string[];
  stopped: boolean;
  errcodeAs: 'number' | 'text';
};

const OPEN: RobotSettings = {
  secret: null,
  keywords: [],
  addresses: [],
  stopped: false,
  errcodeAs: 'number',
};

/** The groups that have a robot, by its token. */
const ROBOTS: Readonly<Record<string, Partial<RobotSettings>>> = {
  simulatedrobot: {},
  simulatedsignedrobot: { secret: `SECsimulated${'0'.repeat(52)}` },
  simulatedkeywordrobot: { keywords: ['Rooms Desk', '会议室'] },
  simulatediprobot: { addresses: ['192.0.2.0/24'] },
  simulatedtextrobot: { errcodeAs: 'text' },
};

/** DOC:custom-robots-send-group-messages: messages a minute, and how long a robot is limited after more. */
const PER_MINUTE = 20;
const MINUTE = 60_000;
const LIMITED_MS = 10 * MINUTE;
const HOUR = 60 * MINUTE;

/** Group robots and the messages that they accepted. */
export class Robots {
  readonly #clock: Clock;
  #robots = new Map<string, RobotSettings>();
  #messages: RobotMessage[] = [];
  #accepted = new Set<string>();
  #windows = new Map<string, SlidingWindow>();
  #limitedUntil = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.reset();
  }

  get messages(): readonly RobotMessage[] {
    return this.#messages;
  }

  reset(): void {
    this.#robots = new Map(Object.entries(ROBOTS).map(([token, given]) => [token, { ...OPEN, ...given }]));
    this.#messages = [];
    this.#accepted = new Set();
    this.#windows = new Map();
    this.#limitedUntil = new Map();
  }

  robot(token: string): RobotSettings | undefined {
    return this.#robots.get(token);
  }

  /** Adds a robot, or changes the settings of the one with that token. */
  set(token: string, settings: Partial<RobotSettings>): RobotSettings {
    const changed = { ...OPEN, ...this.#robots.get(token), ...settings };
    this.#robots.set(token, changed);
    return changed;
  }

  /** Whether one more message is too many; then the robot is limited for ten minutes. */
  isTooMany(token: string): boolean {
    const now = this.#clock.now();
    if ((this.#limitedUntil.get(token) ?? 0) > now) return true;
    const window = this.#windows.get(token) ?? new SlidingWindow(MINUTE);
    this.#windows.set(token, window);
    window.add(now);
    if (window.count(now) <= PER_MINUTE) return false;
    this.#limitedUntil.set(token, now + LIMITED_MS);
    return true;
  }

  /** Posts the message to the group; one with a known msgUuid is accepted again and not shown twice. */
  add(message: Omit<RobotMessage, 'at'>): void {
    const { token, msgUuid } = message;
    const key = `${token} ${msgUuid}`;
    if (msgUuid !== null && this.#accepted.has(key)) return;
    this.#accepted.add(key);
    this.#messages.push({ ...message, at: new Date(this.#clock.now()).toISOString() });
  }

  /** The security setting of a robot that refuses a message; undefined if none does. */
  refusal(
    { secret, keywords, addresses }: RobotSettings,
    sent: { timestamp: string; sign: string; content: string; peer: string },
  ): string | undefined {
    if (secret !== null) {
      const isInTime = Math.abs(this.#clock.now() - Number(sent.timestamp)) <= HOUR;
      if (!/^\d{13}$/.test(sent.timestamp) || !isInTime) return 'invalid timestamp';
      const wanted = createHmac('sha256', secret).update(`${sent.timestamp}\n${secret}`).digest('base64');
      if (sent.sign !== wanted) return 'sign not match';
    }
    if (keywords.length > 0 && !keywords.some((word) => sent.content.includes(word)))
      return 'keywords not in content';
    if (addresses.length > 0 && !isListed(addresses, sent.peer)) return `ip ${sent.peer} not in whitelist`;
    return undefined;
  }
}

/** DingTalk accepts IPv4 addresses and networks; the loopback listener may report an IPv6 form. */
function isListed(addresses: readonly string[], peer: string): boolean {
  const list = new BlockList();
  for (const each of addresses) {
    const [address = '', bits] = each.split('/');
    if (bits === undefined) list.addAddress(address, 'ipv4');
    else list.addSubnet(address, Number(bits), 'ipv4');
  }
  const plain = peer.replace(/^::ffff:/, '');
  return isIP(plain) === 4 && list.check(plain, 'ipv4');
}
