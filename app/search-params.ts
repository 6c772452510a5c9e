/** What Next hands a page of its address. */
export type SentParams = Promise<Record<string, string | string[] | undefined>>;

/** The same as it stands in the address, repeated parameters included. */
export async function paramsOf(sent: SentParams): Promise<URLSearchParams> {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(await sent)) {
    for (const one of [value ?? []].flat()) params.append(name, one);
  }
  return params;
}
