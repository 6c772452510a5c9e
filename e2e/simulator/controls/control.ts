import type { DingTalk } from '../dingtalk.ts';
import type { Listener } from '../listener.ts';

export type Simulator = { dingtalk: DingTalk; transport: Listener };
export type ControlQuestion = { params: Record<string, string>; body: Record<string, unknown> };
export type ControlAnswer = { status?: number; body: unknown; afterwards?: () => void };

/** A control of the simulator. `body` describes its input in the list of controls. */
export type Control = {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: string;
  meaning: string;
  run: (question: ControlQuestion, simulator: Simulator) => ControlAnswer | Promise<ControlAnswer>;
};

export const refusedControl = (error: string, status = 400): ControlAnswer => ({ status, body: { error } });
