const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps a choice of this browser in a cookie, where the server finds it before it draws the next page. */
export function remember(cookie: string, value: string): void {
  const secure = window.location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from browsers that people have
  document.cookie = `${cookie}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}
