import type { RouteContract } from '#lib/api/contract.ts';
import { startedDiscovery } from '#lib/api/discovery/discovery-answers.ts';
import { openapiDocument } from '#lib/api/openapi/openapi-answer.ts';
import { nothing } from '#lib/api/values.ts';
import { healthCheckLine } from './health-check-answers.ts';
import { systemAnswer } from './system-answers.ts';

export const systemRoutes = {
  'GET /api/v1/system': {
    summary:
      'Returns service issues, the API call budget, discovery, scheduled checks, events and the connection to DingTalk.',
    input: nothing,
    answer: systemAnswer,
  },
  'POST /api/v1/system/discovery': {
    summary: 'Starts a full discovery of rooms and devices.',
    input: nothing,
    status: 202,
    answer: startedDiscovery,
    problems: ['dingtalk-refused'],
  },
  'POST /api/v1/system/health-check': {
    summary: 'Runs the health check and streams its results as lines of JSON.',
    input: nothing,
    answer: healthCheckLine,
    type: 'application/x-ndjson',
  },
  'GET /api/v1/openapi.json': {
    summary: 'Returns this description of the API (OpenAPI 3.1).',
    input: nothing,
    answer: openapiDocument,
  },
} as const satisfies Record<string, RouteContract>;
