import { z } from 'zod';
import { couldBe, stateOf, type World } from './expected-world.ts';
import type { Failures } from './failures.ts';
import type { Person, ReceivedResponse } from './person.ts';

/** The longest time between an answer of DingTalk and its timestamp: one slow attempt. */
const ON_THE_WAY_MS = 6_000;

// Values that no viewer may see, in the simulator's format: serial numbers, MACs, addresses, union IDs, SIP accounts.
const NOT_FOR_VIEWERS =
  /02ca[0-9a-f]{8}|(?:14:85:7f|d8:2f:e6|d4:aa:ee|d4:3a:ee):|\b10\.\d+\.\d+\.\d+\b|[A-Za-z0-9]{22,}iEiE|sip1\d{4}/;
// Secrets are only revealed one by one, which no action here does.
const NOT_FOR_ANYBODY = /sip1\d{4}/;

const CODES = [
  'signed-out',
  'not-permitted',
  'invalid-question',
  'device-not-found',
  'room-not-found',
  'too-many-questions',
  'dingtalk-budget-spent',
  'dingtalk-refused',
  'dingtalk-throttled',
  'dingtalk-unreachable',
  'dingtalk-confused',
  'internal',
] as const;

const problem = z.object({
  type: z.string(),
  title: z.string().min(1),
  status: z.number(),
  detail: z.string().min(1),
  code: z.enum(CODES),
  reason: z.string(),
  hint: z.string().min(1),
  requestId: z.string().min(8),
});
const moment = z.iso.datetime();
const status = z.object({ state: z.string(), raw: z.string().nullable() });
const device = z.object({ deviceId: z.string(), name: z.string(), status, software: z.string() });
const answer = z.object({
  device,
  observedAt: moment,
  ageMs: z.number().nonnegative(),
  source: z.enum(['live', 'shared', 'last-known']),
  notice: problem.optional(),
});
const row = z.object({
  deviceId: z.string().nullable(),
  name: z.string().nullable(),
  status,
  software: z.string().nullable(),
  observedAt: moment.nullable(),
});
export const list = z.object({ items: z.array(row), total: z.number(), known: z.number() });
export const rooms = z.object({ items: z.array(z.object({ id: z.string(), devices: z.array(row) })) });
export const room = z.object({ room: z.object({ id: z.string(), devices: z.array(row) }) });
export const search = z.object({ matches: z.array(z.object({ kind: z.string(), id: z.string() })) });
export const history = z.object({
  spans: z.array(z.object({ from: moment, to: moment, state: z.string() })),
  changes: z.array(z.object({ at: moment, field: z.string() })),
});

type Row = z.output<typeof row>;

/** Compares answers with the expected world and the list of errors, and collects the differences. */
export class AnswerChecker {
  /** Problems by code, in errors and in notices. */
  readonly problems: Record<string, number> = {};
  readonly sources: Record<string, number> = {};
  slowestMs = 0;
  readonly #world: World;
  readonly #failures: Failures;

  constructor(world: World, failures: Failures) {
    this.#world = world;
    this.#failures = failures;
  }

  /**
   * Returns the parsed answer, or null for a problem or an unexpected shape. Also checks for values that the role may
   * not see.
   */
  read<T>(person: Person, response: ReceivedResponse, shape: z.ZodType<T>): T | null {
    this.text(person, response);
    if (response.status !== 200) return this.#refused(response);
    const parsed = shape.safeParse(json(response.text));
    if (parsed.success) return parsed.data;
    this.#wrong('unexpected response shape', response, z.prettifyError(parsed.error));
    return null;
  }

  /** Checks for pages and data alike. */
  text(person: Person, response: ReceivedResponse): void {
    this.slowestMs = Math.max(this.slowestMs, response.answeredAt - response.askedAt);
    this.conceals(person, response.path, response.text);
  }

  conceals(person: Person, where: string, text: string): void {
    const found = (person.role === 'viewer' ? NOT_FOR_VIEWERS : NOT_FOR_ANYBODY).exec(text);
    if (found) this.#failures.add(`a ${person.role} saw a restricted value`, `${where}: ${found[0]}`);
  }

  /** Checks that the answer is about the device of the query, with values that it had at that time. */
  device(person: Person, response: ReceivedResponse, deviceId: string): void {
    const read = this.read(person, response, answer);
    if (!read) return;
    this.sources[read.source] = (this.sources[read.source] ?? 0) + 1;
    if (read.device.deviceId !== deviceId) this.#wrong('another device', response, read.device.deviceId);
    const insisted = response.path.includes('fresh=true');
    if (insisted && read.source === 'last-known' && !read.notice)
      this.#wrong('last known data without a reason', response, '');
    if (read.notice) this.#count(read.notice.code);
    if (read.notice && !/^(dingtalk-|too-many-questions$)/.test(read.notice.code))
      this.#wrong('unexpected notice', response, read.notice.code);
    if (insisted && read.source === 'live' && Date.parse(read.observedAt) < response.askedAt - 50) {
      this.#wrong('outdated reading reported as live', response, read.observedAt);
    }
    this.rows(response, [{ ...read.device, observedAt: read.observedAt }]);
  }

  /** Checks that each row has values that its device had at that time. */
  rows(response: ReceivedResponse, rows: Row[]): void {
    for (const { deviceId, name, status, software, observedAt } of rows) {
      const expected = this.#world.of(deviceId ?? '');
      if (!expected || observedAt === null) continue;
      const from = Date.parse(observedAt) - ON_THE_WAY_MS;
      const about = `${deviceId} seen ${observedAt}`;
      if (name !== expected.name) this.#wrong('another name', response, `${about}: ${name}`);
      if (!couldBe(expected.software, software, from, Date.parse(observedAt) + 50)) {
        this.#wrong('software that the device did not have then', response, `${about}: ${software}`);
      }
      if (
        !couldBe(expected.status, status.raw, from, response.answeredAt) ||
        status.state !== stateOf(status.raw ?? '')
      ) {
        this.#wrong(
          'status that the device did not have then',
          response,
          `${about}: ${JSON.stringify(status)}`,
        );
      }
    }
  }

  wrongWhen(is: boolean, kind: string, response: ReceivedResponse): void {
    if (is) this.#wrong(kind, response, response.text.slice(0, 200));
  }

  /** All queries here are allowed and about known devices, so the only accepted refusal is a rate limit. */
  #refused(response: ReceivedResponse): null {
    const parsed = problem.safeParse(json(response.text));
    if (!parsed.success || !response.type.includes('application/problem+json')) {
      this.#wrong('error that is no problem response', response, response.text.slice(0, 200));
      return null;
    }
    const { code, reason, status } = parsed.data;
    this.#count(code);
    const fits = status === response.status;
    if (code !== 'too-many-questions' || !fits)
      this.#wrong(`refused: ${reason} ${response.status}`, response, '');
    return null;
  }

  #count(code: string): void {
    this.problems[code] = (this.problems[code] ?? 0) + 1;
  }

  #wrong(kind: string, response: ReceivedResponse, detail: string): void {
    this.#failures.add(
      kind,
      `${response.status} ${response.path} at ${new Date(response.askedAt).toISOString()}: ${detail}`,
    );
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
