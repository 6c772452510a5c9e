/**
 * A device's text as a page can carry it: half characters and NUL become the replacement character and line ends one
 * kind, as an HTML parser would make them. What DingTalk sent to the letter stays in the raw answer.
 */
export function plainText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd').replace(/\r\n?/g, '\n');
}

/** The same for every text inside a value, names of members included. */
export function plainTexts(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(plainTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [plainText(name), plainTexts(inner)]),
  );
}
