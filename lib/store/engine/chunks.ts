/** How many rows or values go into one statement: both engines limit its parameters, PostgreSQL to 65,535. */
const CHUNK = 500;

/** The list in pieces that fit into one statement each; none for an empty list. */
export function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, index) =>
    list.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
