import type { ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import type { Api } from '../apis/api.ts';
import type { Question } from '../apis/question.ts';
import type { DingTalk } from '../dingtalk.ts';

export type FaultArgs = Record<string, unknown>;
export type Scene = { api: Api | undefined; question: Question; dingtalk: DingTalk; args: FaultArgs };

/** `left` when the client has disconnected; `held` then, and also when the faults are cleared. */
export type WaitSignals = { left: AbortSignal; held: AbortSignal };

/** A fault kind. It contains only the steps in which it differs from a normal call. */
export type FaultKind = {
  meaning: string;
  /** Arguments and their defaults, for the list of kinds. */
  args?: Record<string, unknown>;
  /** Whether the quota counts a faulted call of a metered API; `as-usual` when the API itself answers. */
  counted: 'as-usual' | 'yes' | 'no';
  /** Counted among the refused calls. */
  throttles?: boolean;
  /** The number of calls if the fault does not name one; unlimited without this. */
  times?: number;
  before?: (scene: Scene) => void;
  /** Answers in place of the API, which does not receive the call. */
  instead?: (scene: Scene) => Answer;
  spoil?: (answer: Answer, args: FaultArgs) => Answer;
  send?: (response: ServerResponse, answer: Answer, args: FaultArgs, wait: WaitSignals) => Promise<void>;
};

export const numberArg = (value: unknown, standard: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : standard;

export const textArg = (value: unknown, standard: string): string =>
  typeof value === 'string' ? value : standard;
