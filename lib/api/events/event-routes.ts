import type { RouteContract } from '#lib/api/contract.ts';
import { eventsPage } from '#lib/api/inventory/list-requests.ts';
import { eventsAnswer } from './event-answers.ts';
import { liveSince } from './live-request.ts';

export const eventRoutes = {
  'GET /api/v1/events': {
    summary: 'Returns a page of the events from DingTalk.',
    input: eventsPage,
    answer: eventsAnswer,
  },
  'GET /api/v1/live': {
    summary:
      'Streams what changes as server-sent events: reading, event, room, groups, service, note and reset. Last-Event-ID resumes.',
    input: liveSince,
    type: 'text/event-stream',
    problems: ['too-many-questions'],
  },
} as const satisfies Record<string, RouteContract>;
