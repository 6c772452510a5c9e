import { problem } from '#lib/api/problem.ts';
import { type ApiRouteName, ROUTE_TOPICS, type RouteTopic } from '#lib/api/routes.ts';
import { type Components, responseSchema } from './json-schema.ts';
import { describeOperation, type Operation } from './operation.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

export type ApiDocument = {
  openapi: '3.1.1';
  info: { title: string; version: string; summary: string };
  servers: { url: string }[];
  tags: { name: RouteTopic }[];
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: { schemas: Components; securitySchemes: Record<string, object> };
};

const SECURITY = {
  token: { type: 'http', scheme: 'bearer', description: 'An API token that an admin created.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'rooms-desk.session',
    description:
      'The session of a browser; over https its cookie has the prefix __Host-. A write also needs an Origin or Sec-Fetch-Site header of the same origin.',
  },
};

/** Everything but the server's address. It takes tens of milliseconds and never changes, so it is made once. */
let described: Omit<ApiDocument, 'servers'> | undefined;

/**
 * The API as an OpenAPI 3.1 document, made of the same schemas that check requests.
 *
 * @param server origin of this installation, such as `https://rooms.example.com`
 */
export function apiDocument(server: string): ApiDocument {
  described ??= describe();
  return { ...described, servers: [{ url: server }] };
}

function describe(): Omit<ApiDocument, 'servers'> {
  const schemas: Components = {};
  const paths: ApiDocument['paths'] = {};
  responseSchema(problem, schemas);
  for (const [topic, routes] of Object.entries(ROUTE_TOPICS)) {
    for (const name of Object.keys(routes) as ApiRouteName[]) {
      const [method = '', pattern = ''] = name.split(' ');
      const path = pattern.replace(/\[(\w+)\]/g, '{$1}');
      const operation = describeOperation(name, topic as RouteTopic, schemas);
      paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
    }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Rooms Desk', version: '1', summary: 'Devices and rooms of DingTalk Rooms.' },
    tags: Object.keys(ROUTE_TOPICS).map((name) => ({ name: name as RouteTopic })),
    paths,
    components: { schemas, securitySchemes: SECURITY },
  };
}
