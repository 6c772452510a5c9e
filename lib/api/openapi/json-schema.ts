import { z } from 'zod';

export type JsonSchema = z.core.JSONSchema.JSONSchema;

const PATTERNS_OF_FORMATS = new Set(['date-time', 'date', 'uuid', 'email']);

/** Takes away what says nothing to a reader: patterns of standard formats, the limits of safe integers. */
function simplify(schema: JsonSchema): void {
  if (PATTERNS_OF_FORMATS.has(schema.format ?? '')) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  delete schema.readOnly;
}

/** Schemas with a name, which others refer to. */
export type Components = Record<string, JsonSchema>;

/** A request as JSON Schema: what a client may send. */
export function requestSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => simplify(jsonSchema),
  });
  return rest;
}

/** A response as JSON Schema; named parts of it are added to `components`. New members do not break clients. */
export function responseSchema(schema: z.ZodType, components: Components): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io: 'output',
    override: ({ jsonSchema }) => {
      simplify(jsonSchema);
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = JSON.parse(JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
  Object.assign(components, $defs);
  return rest;
}
