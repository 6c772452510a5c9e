import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { APIRequestContext } from '@playwright/test';
import { expect } from './app.ts';

export type StreamEvent = { id: number | null; event: string; data: Record<string, unknown>; at: number };

export type EventStream = {
  status: number;
  headers: IncomingHttpHeaders;
  /** The events so far, with their time of arrival. */
  events: StreamEvent[];
  /** Resolves with the first event, past or future, that matches. */
  until(holds: (event: StreamEvent) => boolean, withinMs?: number): Promise<StreamEvent>;
  /** Resolves when the server has ended it. */
  ended: Promise<void>;
  close(): void;
};

type Where = { since?: number; lastEventId?: number };

/** Opens the live feed as an EventSource does, with the person's session. */
export async function openStream(
  url: string,
  person: APIRequestContext,
  { since, lastEventId }: Where = {},
): Promise<EventStream> {
  const headers = {
    accept: 'text/event-stream',
    cookie: await cookieOf(person),
    ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
  };
  const asked = request(`${url}/api/v1/live${since === undefined ? '' : `?since=${since}`}`, { headers });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.on('response', resolve).on('error', reject).end();
  });
  const events: StreamEvent[] = [];
  let onEvents = () => {};
  let rest = '';
  const ended = new Promise<void>((resolve) => response.once('close', resolve));
  response.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    events.push(...blocks.flatMap(parsed));
    onEvents();
  });
  response.on('error', () => undefined);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    ended,
    close: () => asked.destroy(),
    until(holds, withinMs = 15_000) {
      return new Promise((resolve, reject) => {
        const late = () => reject(new Error(`Not among ${events.length} events within ${withinMs} ms.`));
        const timer = setTimeout(late, withinMs);
        onEvents = () => {
          const found = events.find(holds);
          if (!found) return;
          clearTimeout(timer);
          resolve(found);
        };
        onEvents();
      });
    },
  };
}

function parsed(block: string): StreamEvent[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const [event, data, id] = [field('event'), field('data'), field('id')];
  if (event === undefined || data === undefined) return [];
  return [{ id: id === undefined ? null : Number(id), event, data: JSON.parse(data), at: Date.now() }];
}

/** The cookies of a person, for requests that Playwright cannot send. */
export async function cookieOf(person: APIRequestContext): Promise<string> {
  const { cookies } = await person.storageState();
  expect(cookies.length).toBeGreaterThan(0);
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
