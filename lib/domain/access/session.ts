const HOUR_MS = 60 * 60_000;

/** A session that is not used for this time ends: longer than the breaks of a working day, shorter than a night. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;

/** A session ends after this time, however much it is used, so that everyone signs in again once a week. */
export const SESSION_LONGEST_MS = 7 * 24 * HOUR_MS;

/** The last use is stored at most this often, so that not every request writes. */
export const USE_NOTED_EVERY_MS = 60_000;

/** Where a sign-in comes from: the IP address and the User-Agent of the browser. */
export type ClientSource = { address: string; agent: string | null };

/** A session as it is stored. Times are milliseconds since the epoch. */
export type Session = ClientSource & {
  /** Identifies the session on screens. It is not the secret of the cookie and opens nothing. */
  id: string;
  subject: string;
  /** The claims of the sign-in, as `lib/auth` writes them. */
  claims: object;
  signedInAt: number;
  usedAt: number;
  /** When it ends at the latest. */
  endsAt: number;
};

/** Whether a session has ended by itself: unused for too long, or at its latest end. */
export const isOver = ({ usedAt, endsAt }: Pick<Session, 'usedAt' | 'endsAt'>, now: number): boolean =>
  now >= endsAt || now - usedAt >= SESSION_IDLE_MS;
