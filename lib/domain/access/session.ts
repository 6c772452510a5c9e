const HOUR_MS = 60 * 60_000;

/** A session that nobody uses ends: long enough for a working day with its breaks, shorter than from one to the next. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;

/** However much it is used, it ends: once a week everybody proves anew who they are, and the only time for some. */
export const SESSION_LONGEST_MS = 7 * 24 * HOUR_MS;

/** How exactly the last use is known: written down at most this often, so that reading a page is not a write each time. */
export const USE_NOTED_EVERY_MS = 60_000;

/** Where somebody is when they sign in: an address and what their browser calls itself. */
export type ClientSource = { address: string; agent: string | null };

/** One browser's stay, as it is kept. Times are milliseconds since the epoch. */
export type Session = ClientSource & {
  /** Names the session where it is shown. It opens nothing: what the cookie holds is known to nobody but the browser. */
  id: string;
  subject: string;
  /** Who signed in, as `lib/auth` wrote it down. */
  claims: object;
  signedInAt: number;
  usedAt: number;
  /** When it ends however much it is used. */
  endsAt: number;
};

/** Whether a session has run out by itself: too long unused, or at its end. */
export const isOver = ({ usedAt, endsAt }: Pick<Session, 'usedAt' | 'endsAt'>, now: number): boolean =>
  now >= endsAt || now - usedAt >= SESSION_IDLE_MS;
