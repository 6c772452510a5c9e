import type { AccessParts } from './access-parts.ts';
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
