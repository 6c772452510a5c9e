import type { TypeText } from '#lib/api/openapi/members.ts';

/** A link within the page. */
export const LINK = 'text-accent underline underline-offset-2';

/** Where a named schema is described on the page. */
export const schemaAnchor = (name: string) => `schema-${name}`;

/** A type, with links to the schemas that it names. */
export function TypeWords({ type }: { type: TypeText }) {
  return (
    <code className="identifier text-quiet">
      {type.map((piece, at) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a type never move.
          <a key={at} href={`#${schemaAnchor(piece.schema)}`} className={LINK}>
            {piece.schema}
          </a>
        ),
      )}
    </code>
  );
}
