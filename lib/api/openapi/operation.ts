import { type ApiRouteName, contractOf, problemsOf, type RouteTopic, whoMay } from '#lib/api/routes.ts';
import type { Role } from '#lib/domain/access/operator.ts';
import { ERROR_STATUS, type ErrorCode } from '#lib/domain/errors.ts';
import { type Components, type JsonSchema, responseSchema } from './json-schema.ts';
import { describeRequest, type RequestDescription } from './request.ts';

export type ResponseDescription = {
  description: string;
  content?: Record<string, { schema: JsonSchema }>;
};

export type Operation = RequestDescription & {
  operationId: string;
  tags: [RouteTopic];
  summary: string;
  description: string;
  security: Record<string, never[]>[];
  responses: Record<string, ResponseDescription>;
  /** The least role that may, null where no session is needed; and whether only sessions are accepted. */
  'x-role': Role | null;
  'x-session-only': boolean;
};

const DONE = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'Done, without content' };

/** One method of one path as OpenAPI describes it. */
export function describeOperation(name: ApiRouteName, topic: RouteTopic, components: Components): Operation {
  const [method = '', path = ''] = name.split(' ');
  const { summary, input } = contractOf(name);
  const may = whoMay(name);
  return {
    operationId: operationIdOf(method, path),
    tags: [topic],
    summary,
    ...securityOf(may),
    ...describeRequest(method, path, input),
    responses: { ...goodResponse(name, components), ...problemResponses(name) },
    'x-role': may?.role ?? null,
    'x-session-only': may?.sessionOnly ?? false,
  };
}

function securityOf(may: ReturnType<typeof whoMay>): Pick<Operation, 'description' | 'security'> {
  if (may === null) return { description: 'Needs no session.', security: [] };
  const description = `Least role: ${may.role}.`;
  if (!may.sessionOnly) return { description, security: [{ token: [] }, { session: [] }] };
  return { description: `${description} Accepts sessions only, no API tokens.`, security: [{ session: [] }] };
}

/** `getDevicesDeviceIdHistory` for `GET /api/v1/devices/[deviceId]/history`. */
function operationIdOf(method: string, path: string): string {
  const words = path.replace(/^\/api(\/v1)?/, '').match(/\w+/g) ?? [];
  const capitalized = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + capitalized.join('');
}

function goodResponse(name: ApiRouteName, components: Components): Operation['responses'] {
  const { status = 200, answer, type = 'application/json', unavailable } = contractOf(name);
  const description = DONE[status];
  if (status === 204) return { [status]: { description } };
  const schema: JsonSchema = answer ? responseSchema(answer, components) : { type: 'string' };
  const good = { [status]: { description, content: { [type]: { schema } } } };
  if (!unavailable) return good;
  const content = { 'application/json': { schema: responseSchema(unavailable, components) } };
  return { ...good, 503: { description: 'Not available', content } };
}

function problemResponses(name: ApiRouteName): Operation['responses'] {
  const byStatus = Map.groupBy(problemsOf(name), (code) => ERROR_STATUS[code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([one], [other]) => one - other)
      .map(([status, codes]) => [status, { description: codes.join(', '), content: problemOf(codes) }]),
  );
}

const problemOf = (codes: readonly ErrorCode[]) => ({
  'application/problem+json': {
    schema: {
      allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: [...codes] } } }],
    } satisfies JsonSchema,
  },
});
