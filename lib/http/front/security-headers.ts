/** What decides about a browser's rules. */
export type HeaderParts = {
  /** The desk's own origin. */
  appUrl: string;
  /** Origins that signing in leads to: a form that is sent there by way of ours is one that a page's rules must allow. */
  signInOrigins: readonly string[];
  /** Who may show the desk in a frame; nobody when empty. */
  frameOrigins: readonly string[];
};

/** For answers that are no pages: nothing in them is to be run, drawn or framed. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** A year: the desk's host answers by https for good once it has. */
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** What every answer says to a browser, whatever it holds. */
export function commonHeaders({ appUrl, frameOrigins }: HeaderParts): Record<string, string> {
  return {
    'Content-Security-Policy': NOTHING,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    // The older word for frame-ancestors knows no list.
    ...(frameOrigins.length === 0 && { 'X-Frame-Options': 'DENY' }),
    ...(appUrl.startsWith('https:') && { 'Strict-Transport-Security': `max-age=${HSTS_SECONDS}` }),
  };
}

/**
 * What a page may do: run what carries this answer's nonce or comes from our own files, and nothing that stands in the
 * HTML by itself. Styles in attributes stay allowed: widths and positions of pictures are drawn with them.
 */
export function pagePolicy(parts: HeaderParts, nonce: string, signingIn: boolean): string {
  const { frameOrigins, signInOrigins } = parts;
  return Object.entries({
    'default-src': ["'none'"],
    'script-src': ["'self'", `'nonce-${nonce}'`],
    'style-src': ["'self'"],
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    // A provider may send people on to another host of its own, and browsers ask about each step on the way.
    'form-action': signingIn ? ["'self'", 'https:', ...signInOrigins] : ["'self'"],
    'frame-ancestors': frameOrigins.length > 0 ? frameOrigins : ["'none'"],
  })
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
