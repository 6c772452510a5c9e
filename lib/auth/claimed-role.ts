import { ROLES, type Role } from '#lib/domain/access/operator.ts';

const OWN = 'rooms-desk-';

/**
 * The role that a claim names: `viewer`, `support`, `admin` or the same after `rooms-desk-`, to the letter, as a text
 * or in a list; the highest of several. Undefined when it names none. `path` is the claim's name, which may hold dots
 * of its own, or the way to it through objects, such as `realm_access.roles`.
 */
export function claimedRole(claims: object, path: string): Role | undefined {
  const value = claimAt(claims, path);
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return [...ROLES].reverse().find((role) => values.includes(role) || values.includes(OWN + role));
}

/** What stands in the claims at a name or a path; undefined when nothing does. */
export function claimAt(claims: object, path: string): unknown {
  if (Object.hasOwn(claims, path)) return (claims as Record<string, unknown>)[path];
  let at: unknown = claims;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}
