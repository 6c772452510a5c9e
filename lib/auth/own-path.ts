const NO_PLACE_TO_GO = /^\/(sign-in|api)(\/|$)/;

/**
 * The part of an address that is a page of this site, such as `/devices/1234?tab=raw`; `/` for everything else.
 * Signing in to get to the sign-in page, or to a bare API answer, is nobody's wish.
 */
export function ownPath(target: string | null | undefined, appUrl: string): string {
  if (!target) return '/';
  const url = URL.parse(target, appUrl);
  if (!url || url.origin !== new URL(appUrl).origin || url.username || url.password) return '/';
  const path = url.pathname + url.search + url.hash;
  // `//host` is an address of another site to a browser, even when it is the path of ours.
  return path.startsWith('//') || NO_PLACE_TO_GO.test(url.pathname) ? '/' : path;
}
