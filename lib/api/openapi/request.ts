import type { z } from 'zod';
import { type JsonSchema, requestSchema } from './json-schema.ts';

export type Parameter = {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  description?: string;
  schema: JsonSchema;
};

export type RequestDescription = {
  parameters: Parameter[];
  requestBody?: { required: true; content: { 'application/json': { schema: JsonSchema } } };
};

/** The names of the variable parts of a path such as `/api/v1/rooms/[roomId]`. */
const pathNames = (path: string) => [...path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name);

/**
 * Divides what a route reads as one object into what a client sends in the path, in the query (GET and DELETE) and in the
 * body (POST and PUT).
 */
export function describeRequest(method: string, path: string, input: z.ZodType): RequestDescription {
  const schema = requestSchema(input);
  const names = pathNames(path);
  const inPath = names.map((name) => parameterOf(schema, name, 'path'));
  const rest = without(schema, names);
  if (method === 'POST' || method === 'PUT') {
    const isEmpty = rest.anyOf === undefined && Object.keys(rest.properties ?? {}).length === 0;
    if (isEmpty) return { parameters: inPath };
    return {
      parameters: inPath,
      requestBody: { required: true, content: { 'application/json': { schema: rest } } },
    };
  }
  const inQuery = Object.keys(rest.properties ?? {}).map((name) => parameterOf(rest, name, 'query'));
  return { parameters: [...inPath, ...inQuery] };
}

/** A schema of an object, or of one of several, without some members. */
function without(schema: JsonSchema, names: readonly string[]): JsonSchema {
  if (schema.anyOf)
    return { ...schema, anyOf: schema.anyOf.map((each) => without(each as JsonSchema, names)) };
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => !names.includes(name));
  const required = schema.required?.filter((name) => !names.includes(name)) ?? [];
  const { required: _, ...rest } = schema;
  return {
    ...rest,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
}

function parameterOf(object: JsonSchema, name: string, place: Parameter['in']): Parameter {
  const first = (object.anyOf?.[0] as JsonSchema | undefined) ?? object;
  const { description, ...schema } = asText(first.properties?.[name] as JsonSchema);
  return {
    name,
    in: place,
    required: place === 'path' || (first.required?.includes(name) ?? false),
    ...(description !== undefined && { description }),
    schema,
  };
}

/** A parameter as an address holds it: it cannot be null, and one that may be repeated is a list. */
function asText(schema: JsonSchema): JsonSchema {
  const { default: usual, ...rest } = schema;
  const kept = usual === null || usual === '' ? rest : schema;
  if (Array.isArray(kept.type)) {
    const [only, ...others] = kept.type.filter((type) => type !== 'null');
    return others.length > 0 ? kept : ({ ...kept, type: only } as JsonSchema);
  }
  const choices = (kept.anyOf as JsonSchema[] | undefined)?.filter(({ type }) => type !== 'null');
  const chosen = choices?.find(({ type }) => type === 'array') ?? (choices?.length === 1 ? choices[0] : null);
  if (!choices || !chosen) return kept;
  const { anyOf: _, ...outer } = kept;
  return { ...outer, ...chosen };
}
