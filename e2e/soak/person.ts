import type { Failures } from './failures.ts';
import type { Servers } from './servers.ts';

export type Role = 'viewer' | 'support' | 'admin';

/** A response with the times of its request and its arrival, in milliseconds since the epoch. */
export type ReceivedResponse = {
  path: string;
  status: number;
  type: string;
  text: string;
  askedAt: number;
  answeredAt: number;
};

/** A request without an answer for this long counts as lost. The report has the longest duration. */
const MOST_MS = 60_000;
const SIGN_IN_TRIES = 30;

/** A signed-in person who switches to the other server when theirs is down, as behind a load balancer. */
export class Person {
  readonly role: Role;
  failedOver = 0;
  #cookies = new Map<string, string>();
  readonly #servers: Servers;
  readonly #failures: Failures;
  readonly #preferred: number;

  constructor(role: Role, preferred: number, servers: Servers, failures: Failures) {
    this.role = role;
    this.#preferred = preferred;
    this.#servers = servers;
    this.#failures = failures;
  }

  /** Signs in as the sign-in page's form does. */
  async signIn(): Promise<void> {
    for (let attempt = 1; attempt <= SIGN_IN_TRIES; attempt++) {
      const { url } = this.#servers.url(0);
      const form = await this.#fetch(`${url}/api/auth/csrf`);
      const { csrfToken } = (await form.json()) as { csrfToken: string };
      const body = new URLSearchParams({ csrfToken, account: this.role, callbackUrl: '/' });
      const done = await this.#fetch(`${url}/api/auth/callback/demo`, { method: 'POST', body });
      await done.arrayBuffer();
      if ([...this.#cookies.keys()].some((name) => name.endsWith('session'))) return;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    throw new Error(`The ${this.role} could not sign in.`);
  }

  /**
   * Sends a request to one of the servers, and to the other one if that was just killed. Null if the failure is
   * expected.
   */
  async ask(path: string, init: RequestInit = {}): Promise<ReceivedResponse | null> {
    const { url, place } = this.#servers.url(this.#preferred);
    const askedAt = Date.now();
    try {
      return await this.#receive(url, path, init, askedAt);
    } catch (thrown) {
      const away = this.#servers.wasAway(place, askedAt, Date.now());
      if (!away) this.#failures.add('no answer', `${path} of ${url}: ${why(thrown)}`);
      this.failedOver += 1;
      return away ? this.#askSurvivor(path, init) : null;
    }
  }

  /** Reads a live feed while it is open, and passes on each part of the text. */
  async listen(path: string, signal: AbortSignal, onText: (text: string) => void): Promise<void> {
    const { url, place } = this.#servers.url(this.#preferred);
    const from = Date.now();
    try {
      const response = await this.#fetch(url + path, { signal, headers: { accept: 'text/event-stream' } });
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) onText(decoder.decode(chunk, { stream: true }));
    } catch (thrown) {
      if (signal.aborted || this.#servers.wasAway(place, from, Date.now())) return;
      this.#failures.add('a live feed that broke', `${path} of ${url}: ${why(thrown)}`);
    }
  }

  async #askSurvivor(path: string, init: RequestInit): Promise<ReceivedResponse | null> {
    const askedAt = Date.now();
    try {
      return await this.#receive(this.#servers.url(0).url, path, init, askedAt);
    } catch (thrown) {
      this.#failures.add('no answer', `${path} of the server that lives: ${why(thrown)}`);
      return null;
    }
  }

  async #receive(url: string, path: string, init: RequestInit, askedAt: number): Promise<ReceivedResponse> {
    const response = await this.#fetch(url + path, { ...init, signal: AbortSignal.timeout(MOST_MS) });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { path, status: response.status, type, text, askedAt, answeredAt: Date.now() };
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), cookie, origin: new URL(url).origin };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (name !== '' && value !== '') this.#cookies.set(name, value);
    }
    return response;
  }
}

function why(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? `: ${thrown.cause.message}` : '';
  return `${String(thrown)}${cause}`;
}
