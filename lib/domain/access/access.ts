import type { Operator, Role } from './operator.ts';

/** Where a request comes from: its IP address and its id, which is null for pages and for what no request caused. */
export type RequestSource = { address: string; requestId: string | null };

/** The source of what no request caused. */
export const NO_REQUEST: RequestSource = { address: 'unknown', requestId: null };

/** Who calls a use case, and where their request comes from. */
export type Caller = { operator: Operator; source: RequestSource };

/** A caller with the session or token that they use. */
export type CredentialCaller = Caller & { credential: Credential };

/** Who did something, from where and in which request. */
export type Actor = Pick<Operator, 'subject' | 'name'> & {
  /** The role at that time; null for Rooms Desk itself. */
  role: Role | null;
} & RequestSource;

/** What happens to sessions and tokens. `subject` is whose sessions end; null for those of everyone. */
export type AccessFact =
  | { what: 'signed-in' | 'signed-out'; sessionId: string }
  | { what: 'sign-in-refused'; reason: string }
  | { what: 'sessions-ended'; subject: string | null; sessionIds: string[] }
  | { what: 'token-created'; tokenId: string; name: string; role: Role; expiresAt: number }
  | { what: 'token-revoked'; tokenIds: string[] };

/** An open session, with the claims of its sign-in. */
export type OpenSession = { by: 'session'; id: string; operator: Operator; claims: object };

/** A valid API token. Its operator is the program, under the token's name. */
export type OpenToken = { by: 'token'; id: string; operator: Operator };

/** The session or token that a request is made with, and its operator. */
export type Credential = OpenSession | OpenToken;

/** Rooms Desk as an actor: for what follows from an answer of DingTalk and not from a request. */
export const ROOMS_DESK_ITSELF: Actor = { subject: 'desk', name: 'Rooms Desk', role: null, ...NO_REQUEST };

/** The actor of a request without a session. */
export const NOBODY: Omit<Actor, keyof RequestSource> = { subject: '', name: '', role: null };

/** The caller as the actor of an audit entry. */
export const actorOf = ({ operator: { subject, name, role }, source }: Caller): Actor => ({
  subject,
  name,
  role,
  address: source.address,
  requestId: source.requestId,
});
