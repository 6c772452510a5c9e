import { type DeviceRef, whyNotAnId } from '#lib/domain/devices/device-ref.ts';

/** What a pasted text turned out to be. */
export type Identifier = { ref: DeviceRef } | { problem: 'empty' | 'length' | 'characters' | 'foreign-link' };

// Everything that copying from a chat or a sheet puts around an id: white space, quotes, brackets, invisible marks.
const AROUND = /[\s"'`“”‘’「」<>()[\]{},;:，；：。\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const OWN_PATH = /^\/devices\/(?:(union)\/)?([^/]+)\/?$/;

/** A text without the white space, quotes and brackets that copying put around it. */
export function withoutAround(text: string): string {
  // By hand: a pattern that ends in "$" would try every stretch of blanks anew from each of its characters.
  let [from, to] = [0, text.length];
  while (from < to && AROUND.test(text[from] as string)) from += 1;
  while (to > from && AROUND.test(text[to - 1] as string)) to -= 1;
  return text.slice(from, to);
}

/**
 * Reads a pasted device id, union id or one of our own links.
 * A device id is all digits in every example DingTalk gives; anything else with letters is taken for a union id.
 * A link counts as ours by its origin; a bare path such as `/devices/1234` does too.
 */
export function readIdentifier(text: string, ownOrigin: string): Identifier {
  const trimmed = withoutAround(text);
  const path = ownPath(trimmed, ownOrigin);
  if (path === 'foreign') return { problem: 'foreign-link' };
  if (path !== null) return fromPath(path);
  const why = whyNotAnId(trimmed);
  if (why) return { problem: why };
  return { ref: { by: /^\d+$/.test(trimmed) ? 'deviceId' : 'unionId', id: trimmed } };
}

function ownPath(text: string, ownOrigin: string): string | 'foreign' | null {
  if (text.startsWith('/devices/')) return URL.parse(text, ownOrigin)?.pathname ?? null;
  if (!/^https?:\/\//i.test(text)) return null;
  const url = URL.parse(text);
  if (!url || url.origin !== ownOrigin) return 'foreign';
  return url.pathname;
}

function fromPath(path: string): Identifier {
  const match = OWN_PATH.exec(path);
  const id = match?.[2] === undefined ? null : decode(match[2]);
  if (!match || id === null) return { problem: 'foreign-link' };
  const why = whyNotAnId(id);
  return why ? { problem: why } : { ref: { by: match[1] ? 'unionId' : 'deviceId', id } };
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
