import { storable } from './storable.ts';

/** Indexes refuse rows of a few kilobytes, and no name or id that anybody looks for is this long. */
const LONGEST = 500;

/**
 * A device's text for a column of its own. What was really said stays in the JSON of the reading. NUL leaves a mark
 * instead of vanishing, or one device could take the name of another.
 */
export function plainColumn<T extends string | null>(text: T): T {
  return (text === null ? null : storable(text.slice(0, LONGEST).replaceAll('\0', '\ufffd'))) as T;
}
