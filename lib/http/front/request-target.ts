/** Paths below which an id stands that DingTalk chose: only there may an escaped slash be part of a name. */
const BELOW_ARE_IDS = ['/devices/', '/rooms/', '/api/v1/devices/', '/api/v1/rooms/'];

/** Next serves every route a second time below this, for a kind of page that Rooms Desk does not have. */
const SECOND_NAMES = /^\/_next\/data(?:\/|$)/;

/** An absolute path as RFC 3986 spells one, without an empty segment. A "%" that escapes nothing is answered as a page. */
const PATH = /^\/(?:[\w.~!$&'()*+,;=:@%-]+(?:\/[\w.~!$&'()*+,;=:@%-]+)*\/?)?$/;

const ESCAPE = /%([0-9a-f]{2})/gi;

/** Escapes of escapes deeper than this name nothing that exists. */
const MAX_DEPTH = 4;

/** The path of a request target, without its query. */
export const pathOf = (target = '/'): string => target.split('?', 1)[0] ?? '/';

/**
 * Whether a request target (RFC 9112, section 3.2) is in origin form and its path has one reading only: what is judged
 * by its prefix here is then what Next serves, however often it resolves or decodes the path.
 */
export function isPlainTarget(target: string): boolean {
  const path = pathOf(target);
  if (target.includes('#') || !PATH.test(path) || SECOND_NAMES.test(path)) return false;
  if (escapedPlainly(path)) return false;
  const mayHoldSlashes = BELOW_ARE_IDS.some((prefix) => path.startsWith(prefix));
  const separators = countOf(path);
  let text = path;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    if (hasDotSegment(text) || hasControl(text)) return false;
    if (!mayHoldSlashes && countOf(text) !== separators) return false;
    const decoded = decodeOnce(text);
    if (decoded === text) return true;
    text = decoded;
  }
  return false;
}

const decodeOnce = (text: string) =>
  text.replace(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** No encoder escapes letters, digits, dots or hyphens (RFC 3986, section 2.3): it is a second spelling of a known path. */
const escapedPlainly = (path: string) =>
  [...path.matchAll(ESCAPE)].some(([code]) => /[\w.-]/.test(decodeOnce(code)));

const hasDotSegment = (text: string) => text.split(/[/\\]/).some((part) => part === '.' || part === '..');

const countOf = (text: string) => text.split(/[/\\]/).length;

const hasControl = (text: string) => [...text].some((sign) => sign < ' ' || sign === '\u007f');
