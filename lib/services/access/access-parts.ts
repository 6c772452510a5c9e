import type { Directory } from '#lib/dingtalk/people/directory.ts';
import type { AccessFact, Actor } from '#lib/domain/access/access.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { Store } from '#lib/store/store.ts';

/** What sessions and tokens depend on. */
export type AccessParts = {
  store: Store;
  clock: Clock;
  directory: Pick<Directory, 'employee'>;
  warn: (fact: string, details?: object) => void;
  operatorOf: (claims: object) => Operator | null;
  /** Told when it has happened, of a new token before there is one: rejecting then keeps it from being made. */
  onFact: (fact: AccessFact, actor: Actor) => Promise<void>;
  /** What was kept of a sign-in with what DingTalk says of the person now; null when that changes nothing. */
  refreshClaims: ((claims: object, now: { admin: boolean; roles: string[] }) => object | null) | null;
};
