import type { RouteContract } from '#lib/api/contract.ts';
import { nothing } from '#lib/api/values.ts';
import {
  createdToken,
  endedSessions,
  peopleAnswer,
  sessionsAnswer,
  tokensAnswer,
} from './account-answers.ts';
import { sessionName, tokenName, tokenToMake, whoseSessions } from './account-requests.ts';

export const accountRoutes = {
  'GET /api/v1/sessions': {
    summary: 'Lists the sessions of the caller.',
    input: nothing,
    answer: sessionsAnswer,
  },
  'DELETE /api/v1/sessions': {
    summary: 'Ends all sessions of the caller except this one.',
    input: nothing,
    answer: endedSessions,
  },
  'DELETE /api/v1/sessions/[sessionId]': {
    summary: 'Ends one session of the caller.',
    input: sessionName,
    answer: endedSessions,
  },
  'GET /api/v1/people': {
    summary: 'Lists the people who are signed in.',
    input: nothing,
    answer: peopleAnswer,
  },
  'DELETE /api/v1/people/sessions': {
    summary: 'Ends the sessions of one person, or of everyone.',
    input: whoseSessions,
    answer: endedSessions,
  },
  'GET /api/v1/tokens': {
    summary: 'Lists the API tokens.',
    input: nothing,
    answer: tokensAnswer,
  },
  'POST /api/v1/tokens': {
    summary: 'Creates an API token. Its value is in this response only.',
    input: tokenToMake,
    status: 201,
    answer: createdToken,
  },
  'DELETE /api/v1/tokens/[tokenId]': {
    summary: 'Revokes an API token.',
    input: tokenName,
    status: 204,
  },
} as const satisfies Record<string, RouteContract>;
