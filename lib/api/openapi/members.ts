import type { JsonSchema } from './json-schema.ts';

/** A type as a reader sees it: words, and names of schemas that are described elsewhere. */
export type TypeText = (string | { schema: string })[];

/** A member of an object, or of an object in it: `network.ip`, `items[].name`. */
export type Member = { path: string; required: boolean; type: TypeText; description: string | null };

const REFERENCE = '#/components/schemas/';

/** The members of a schema in the order in which they are described; members of named schemas are left to those. */
export function membersOf(schema: JsonSchema, prefix = ''): Member[] {
  const { object, suffix } = objectIn(schema);
  if (object === null) return [];
  const variants = (object.anyOf ?? []) as JsonSchema[];
  if (variants.length > 0) return merged(variants.map((each) => membersOf(each, prefix)));
  return Object.entries(object.properties ?? {}).flatMap(([name, value]) => {
    const member = value as JsonSchema;
    const path = `${prefix}${suffix}${prefix || suffix ? '.' : ''}${name}`;
    const required = object.required?.includes(name) ?? false;
    const { description = null } = member;
    return [{ path, required, type: typeOf(member), description }, ...membersOf(member, path)];
  });
}

/** A member that several variants have is listed once; it is required when every variant requires it. */
function merged(variants: Member[][]): Member[] {
  const paths = new Set(variants.flat().map(({ path }) => path));
  return [...paths].flatMap((path) => {
    const found = variants.flatMap((members) => members.find((each) => each.path === path) ?? []);
    const required = found.length === variants.length && found.every((each) => each.required);
    const description = found.find((each) => each.description !== null)?.description ?? null;
    return [{ path, required, type: joined(found.map(({ type }) => type)), description }];
  });
}

/** The object that a schema is, or that its list or its alternative to null holds. */
function objectIn(schema: JsonSchema): { object: JsonSchema | null; suffix: '' | '[]' } {
  if (schema.type === 'array') return { ...objectIn(schema.items as JsonSchema), suffix: '[]' };
  const objects = ((schema.anyOf ?? []) as JsonSchema[]).filter(({ properties }) => properties);
  if (objects.length > 0) return { object: { ...schema, anyOf: objects }, suffix: '' };
  return { object: schema.properties ? schema : null, suffix: '' };
}

/** The type of a value in words: `string | null`, `"on" | "off"`, `Device[]`. */
export function typeOf(schema: JsonSchema): TypeText {
  if (schema.$ref !== undefined) return [{ schema: schema.$ref.slice(REFERENCE.length) }];
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum) return [schema.enum.map((value) => JSON.stringify(value)).join(' | ')];
  if (schema.anyOf) return joined((schema.anyOf as JsonSchema[]).map(typeOf));
  if (schema.type === 'array') return [...typeOf((schema.items ?? {}) as JsonSchema), '[]'];
  if (Array.isArray(schema.type)) return [schema.type.join(' | ')];
  const [format, type] = [schema.format, schema.type];
  if (type === undefined) return ['any'];
  return [format === undefined ? type : `${type} (${format})`];
}

/** Alternatives, each once. */
function joined(types: TypeText[]): TypeText {
  const different = new Map(types.map((type) => [JSON.stringify(type), type]));
  return [...different.values()].flatMap((type, at) => (at === 0 ? type : [' | ', ...type]));
}
