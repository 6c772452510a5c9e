import type { Operator, Role } from './operator.ts';

/** Where a question comes from: its IP address and the id that its answer bears; null for what no request caused. */
export type RequestSource = { address: string; requestId: string | null };

/** Who did something, from where and in which request, for whoever keeps account of it. */
export type Actor = Pick<Operator, 'subject' | 'name'> & {
  /** As it was then; null for the desk itself. */
  role: Role | null;
} & RequestSource;

/** What happens to the ways into the desk. `subject` is whose sessions end; null when everybody's do. */
export type AccessFact =
  | { what: 'signed-in' | 'signed-out'; sessionId: string }
  | { what: 'sign-in-refused'; reason: string }
  | { what: 'sessions-ended'; subject: string | null; sessionIds: string[] }
  | { what: 'token-created'; tokenId: string; name: string; role: Role; expiresAt: number }
  | { what: 'token-revoked'; tokenIds: string[] };

/** A session that is open, with what it was signed in with. */
export type OpenSession = { by: 'session'; id: string; operator: Operator; claims: object };

/** A program's token that is good. Its operator is the program, with the token's name. */
export type OpenToken = { by: 'token'; id: string; operator: Operator };

/** A way in that is open, and whose it is. */
export type Credential = OpenSession | OpenToken;

/** The desk's own doer: what follows from DingTalk's word and not from somebody's press. */
export const ROOMS_DESK_ITSELF: Actor = {
  subject: 'desk',
  name: 'Rooms Desk',
  role: null,
  address: 'unknown',
  requestId: null,
};

/** Somebody who is not signed in. */
export const NOBODY: Omit<Actor, keyof RequestSource> = { subject: '', name: '', role: null };

/** Somebody who asks, as whoever did it. */
export const actorOf = ({ subject, name, role }: Operator, from: RequestSource): Actor => ({
  subject,
  name,
  role,
  address: from.address,
  requestId: from.requestId,
});
