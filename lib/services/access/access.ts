import type { Directory } from '#lib/dingtalk/people/directory.ts';
import type { AccessFact, Doer } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { Store } from '#lib/store/store.ts';
import { createPeopleCheck } from './people-check.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** The ways into the desk that are open: browsers' sessions and programs' tokens. Once a process. */
export type Access = {
  sessions: Sessions;
  tokens: Tokens;
  /** The person behind what was kept of a sign-in, with the role they have now; null when they may come in no more. */
  operatorOf: AccessParts['operatorOf'];
  /** Keeps account of what happens to the ways in. */
  onFact: AccessParts['onFact'];
  close(): void;
};

export type AccessParts = {
  store: Store;
  clock: Clock;
  directory: Pick<Directory, 'employee'>;
  warn: (fact: string, details?: object) => void;
  operatorOf: (claims: object) => Operator | null;
  /** Told when it has happened, of a new token before there is one: rejecting then keeps it from being made. */
  onFact: (fact: AccessFact, doer: Doer) => Promise<void>;
  /** What was kept of a sign-in with what DingTalk says of the person now; null when that changes nothing. */
  retell: ((claims: object, now: { admin: boolean; roles: string[] }) => object | null) | null;
};

export function createAccess(parts: AccessParts): Access {
  const shutOut = async (subject: string) => ({
    sessionIds: await sessions.end({ subject }),
    tokenIds: await tokens.revoke({ creator: subject }),
  });
  const people = createPeopleCheck({ ...parts, shutOut });
  const sessions = createSessions(parts, people);
  const tokens = createTokens(parts, people);
  return {
    sessions,
    tokens,
    operatorOf: parts.operatorOf,
    onFact: parts.onFact,
    close() {
      sessions.close();
      tokens.close();
    },
  };
}
