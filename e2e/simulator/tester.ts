import type { Options } from './options.ts';
import { type RunningSimulator, startSimulator } from './start-simulator.ts';

export type SimulatorResponse = { status: number; headers: Headers; body: Record<string, unknown> };
export type Query = Record<string, string>;

const OPERATOR = 'simOperatorUnionId';

/** A simulator with the calls that its own tests repeat. */
export class Tester {
  readonly simulator: RunningSimulator;

  constructor(simulator: RunningSimulator) {
    this.simulator = simulator;
  }

  static async start(options: Partial<Options> = {}): Promise<Tester> {
    return new Tester(await startSimulator({ port: 0, ...options }));
  }

  async call(method: string, path: string, init: RequestInit = {}): Promise<SimulatorResponse> {
    const response = await fetch(`${this.simulator.origin}${path}`, { redirect: 'manual', ...init, method });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const body = (isJson && text ? JSON.parse(text) : { text }) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body };
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<SimulatorResponse> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.call('POST', path, { headers: json, body: JSON.stringify(body) });
  }

  async control(method: string, path: string, body?: unknown): Promise<SimulatorResponse['body']> {
    const url = `${this.simulator.controlOrigin}/__control${path}`;
    const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    return (await response.json()) as Record<string, unknown>;
  }

  async token(): Promise<string> {
    const asked = { appKey: 'dingsimulator', appSecret: 'simulator-secret' };
    return String((await this.post('/v1.0/oauth2/accessToken', asked)).body.accessToken);
  }

  /** A call of the rooms API in the operator's name, with a token. */
  async rooms(path: string, query: Query = {}, token?: string): Promise<SimulatorResponse> {
    const search = new URLSearchParams({ unionId: OPERATOR, operatorUnionId: OPERATOR, ...query });
    const headers = { 'x-acs-dingtalk-access-token': token ?? (await this.token()) };
    return this.call('GET', `/v1.0/rooms/${path}?${search}`, { headers });
  }

  device(query: Query, token?: string): Promise<SimulatorResponse> {
    return this.rooms('devices', query, token);
  }

  async scenario(name: string): Promise<Record<string, string> & { controllerIds: string[] }> {
    const { scenarios } = await this.control('GET', '/world');
    const found = (scenarios as Record<string, Record<string, string> & { controllerIds: string[] }>)[name];
    if (!found) throw new Error(`this world has no ${name}`);
    return found;
  }
}
