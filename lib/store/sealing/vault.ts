import 'server-only';
import { createHmac, randomUUID } from 'node:crypto';
import { type IdentifierKind, isSecretKind } from '#lib/domain/search/identifier-kind.ts';
import type { Keyring } from './keyring.ts';
import { createTextSeal, isSealed, sealKeyId } from './sealed-text.ts';

/**
 * How a stored text stands: sealed with the current key, to be sealed with it because it is plain or of an older key, or of
 * a key that is not known any more.
 */
export type SealState = 'current' | 'due' | 'foreign';

/** Keeps what rooms keep secret (cast codes, SIP accounts, raw responses) unreadable for whoever has the database alone. */
export type Vault = {
  /** A value as JSON in which every secret is sealed for `place`. `field`: the path of a value that is a field itself. */
  json(value: unknown, place: string, field?: string): string;
  /** What such JSON says, its secrets opened. One that no key opens is `unopened`, null unless something else is given. */
  value(text: string, place: string, field?: string, unopened?: typeof UNREADABLE | null): unknown;
  /** A text that is sealed as a whole, such as a raw response. */
  whole(text: string, place: string): string;
  /** What was sealed as a whole, null when no key opens it; what was kept before there were seals, as it is. */
  opened(text: string, place: string): string | null;
  /** An identifier as its column has it: a secret one as a keyed hash, which only equals that of the same value. */
  identifier(kind: IdentifierKind, value: string): string;
  /** Every text under which an identifier may stand in its column: under each key, and as it was before there were hashes. */
  identifierForms(kind: IdentifierKind, value: string): string[];
  stateOf: {
    json(text: string, field?: string): SealState;
    whole(text: string): SealState;
    identifier(value: string): SealState;
  };
};

/**
 * Stands for a secret that no known key opens while what is stored is compared with what is new: it is neither gone nor
 * changed, another instance may know the key. It equals no value that a device can have and is never stored.
 */
export const UNREADABLE = `unreadable ${randomUUID()}`;

/** A value to be stored, with null for each secret that was not readable. */
export const withoutUnreadable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (_, each) => (each === UNREADABLE ? null : each)));

/** Names under which devices, panels and events have secrets. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(['castCode', 'sipAccount']);

/** Secrets in JSON. Inside of a text every quote is escaped, so that nothing is found there. */
const SECRET_IN_JSON = /"(?:castCode|sipAccount)":"([^"]*)"/g;

const HASH = /^h1\.([0-9a-f]{8})\.[A-Za-z0-9_-]{43}$/;

const isSecretField = (path: string) => SECRET_FIELDS.has(path.slice(path.lastIndexOf('.') + 1));

/** What seals and opens with the keys of a keyring. */
export function createVault(keyring: Keyring): Vault {
  const { keyId, seal, open } = createTextSeal(keyring, 'stored secrets');
  const hashes = keyring.keysFor('stored identifiers').map(({ id, key }) => ({
    id,
    of: (kind: IdentifierKind, value: string) =>
      `h1.${id}.${createHmac('sha256', key).update(`${kind} ${value}`).digest('base64url')}`,
  }));
  const known = new Set(hashes.map(({ id }) => id));
  const state = (ids: readonly (string | null)[]): SealState => {
    if (ids.some((id) => id !== null && !known.has(id))) return 'foreign';
    return ids.every((id) => id === keyId) ? 'current' : 'due';
  };
  return {
    json(value, place, field = '') {
      const sealed = (each: unknown) => (typeof each === 'string' ? seal(each, place) : each);
      if (isSecretField(field)) return JSON.stringify(sealed(value));
      return JSON.stringify(value, (name, each) => (SECRET_FIELDS.has(name) ? sealed(each) : each));
    },
    value(text, place, field = '', unopened = null) {
      const value = JSON.parse(text) as unknown;
      const opened = (each: unknown) =>
        typeof each === 'string' && isSealed(each) ? (open(each, place) ?? unopened) : each;
      if (isSecretField(field)) return opened(value);
      openIn(value, opened);
      return value;
    },
    whole: seal,
    opened: (text, place) => (isSealed(text) ? open(text, place) : text),
    identifier: (kind, value) => (isSecretKind(kind) ? (hashes[0]?.of(kind, value) ?? '') : value),
    identifierForms(kind, value) {
      if (!isSecretKind(kind)) return [value];
      // Nobody finds a device by the hash that they have read.
      return [...hashes.map(({ of }) => of(kind, value)), ...(HASH.test(value) ? [] : [value])];
    },
    stateOf: {
      json(text, field = '') {
        if (!isSecretField(field))
          return state([...text.matchAll(SECRET_IN_JSON)].map(([, each = '']) => sealKeyId(each)));
        return text === 'null' ? 'current' : state([sealKeyId(text.slice(1, -1))]);
      },
      whole: (text) => state([sealKeyId(text)]),
      identifier: (value) => state([HASH.exec(value)?.[1] ?? null]),
    },
  };
}

/** Opens every secret in an object or a list, in place. */
function openIn(value: unknown, opened: (each: unknown) => unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const record = value as Record<string, unknown>;
  for (const [name, each] of Object.entries(record)) {
    if (SECRET_FIELDS.has(name)) record[name] = opened(each);
    else openIn(each, opened);
  }
}
