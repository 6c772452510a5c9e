import type { JsonSchema } from './json-schema.ts';
import type { Operation } from './operation.ts';
import type { Parameter } from './request.ts';

/**
 * A curl command for an operation, with placeholders in braces for values that only the reader knows.
 *
 * @param server origin of this installation
 */
export function curlExample(server: string, method: string, path: string, operation: Operation): string {
  const query = operation.parameters.filter((each) => each.in === 'query' && isShown(each)).map(asPair);
  const address = `${server}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  const schema = operation.requestBody?.content['application/json'].schema;
  const words = [
    ...credentialOf(server, method, operation),
    ...(schema
      ? [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(exampleOf(schema)))}`]
      : []),
    quoted(address),
  ];
  return `${method === 'get' ? 'curl' : `curl -X ${method.toUpperCase()}`} ${words.join(' \\\n  ')}`;
}

/** A token where one is accepted, else the session of a browser, whose writes also need an origin. */
function credentialOf(server: string, method: string, operation: Operation): string[] {
  if (operation.security.length === 0) return [];
  if (!operation['x-session-only']) return [`-H 'Authorization: Bearer {token}'`];
  const origin = method === 'get' ? [] : [`-H ${quoted(`Origin: ${server}`)}`];
  return [`-H 'Cookie: {session cookie}'`, ...origin];
}

const isShown = ({ required, schema }: Parameter) => required || schema.examples !== undefined;

const asPair = ({ name, schema }: Parameter) =>
  `${name}=${schema.enum ? String(schema.enum[0]) : String(schema.examples?.[0] ?? `{${name}}`)}`;

/** A value that fits a schema, as far as the schema tells; required members and those with an example. */
function exampleOf(schema: JsonSchema, name = ''): unknown {
  if (schema.examples) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return exampleOf(schema.anyOf[0] as JsonSchema, name);
  const [type] = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (type === 'object') return exampleObject(schema);
  if (type === 'array') return [exampleOf((schema.items ?? {}) as JsonSchema, name)];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return `{${name}}`;
}

function exampleObject({ properties = {}, required = [] }: JsonSchema): object {
  const members = Object.entries(properties as Record<string, JsonSchema>).filter(
    ([name, member]) => required.includes(name) || member.examples,
  );
  return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member, name)]));
}

/** As one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
