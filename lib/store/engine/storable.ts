/** Text as both engines can keep it: PostgreSQL has no NUL, and half a surrogate pair is nothing in UTF-8. */
export const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
