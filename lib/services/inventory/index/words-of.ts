/** What a search text is compared by: its words in one spelling. */
export function textsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
}
