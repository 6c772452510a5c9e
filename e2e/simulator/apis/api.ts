import type { Answer } from '../answer.ts';
import type { DingTalk } from '../dingtalk.ts';
import type { Family } from '../faults/refusals.ts';
import { matchPath } from './path-pattern.ts';
import type { Question } from './question.ts';

/** One documented call: its requirements and its response. */
export type Api = {
  method: 'GET' | 'POST';
  path: string;
  family: Family;
  token: 'app' | 'user' | 'none';
  /** Whether the monthly quota counts it. */
  metered: boolean;
  answer: (question: Question, dingtalk: DingTalk) => Answer;
};

export const apiKey = ({ method, path }: Api): string => `${method} ${path}`;

export function findApi(
  apis: readonly Api[],
  question: Question,
): { api: Api; question: Question } | undefined {
  for (const api of apis) {
    if (api.method !== question.method) continue;
    const params = matchPath(api.path, question.path);
    if (params) return { api, question: { ...question, params } };
  }
  return undefined;
}
