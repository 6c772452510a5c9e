import { z } from 'zod';
import type { RouteContract } from './contract.ts';
import { nothing } from './values.ts';

/** Routes that need no session, beside those of next-auth, which are its own and for browsers only. */
export const openRoutes = {
  'GET /api/health/live': {
    summary: 'Says that the process answers.',
    input: nothing,
    answer: z.strictObject({ status: z.literal('live') }),
  },
  'GET /api/health/ready': {
    summary: 'Says whether the database answers.',
    input: nothing,
    answer: z.strictObject({ status: z.literal('ready') }),
    unavailable: z.strictObject({ status: z.literal('not-ready') }),
  },
  'POST /api/dingtalk/events': {
    summary: 'Receives DingTalk’s encrypted callback, which is authenticated by its signature.',
    input: z.object({ encrypt: z.string().describe('The event, encrypted and in Base64.') }),
    answer: z.strictObject({
      msg_signature: z.string(),
      timeStamp: z.string(),
      nonce: z.string(),
      encrypt: z.string(),
    }),
    problems: ['invalid-question', 'not-permitted', 'too-many-questions', 'internal'],
  },
} as const satisfies Record<string, RouteContract>;

export type OpenRouteName = keyof typeof openRoutes;
