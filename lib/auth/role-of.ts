import type { Config } from '#lib/config.ts';
import { type Operator, ROLES } from '#lib/domain/operator.ts';
import type { SessionClaims } from './session-token.ts';

/** Provider id of the demo's local sign-in. */
export const DEMO_PROVIDER = 'demo';

/**
 * The person behind a session, with the role the configuration gives them now.
 * Null when the configuration no longer lets them in, such as a demo account on a desk that has none.
 */
export function operatorOf(
  config: Pick<Config, 'admins' | 'support' | 'demoAccounts'>,
  session: SessionClaims,
): Operator | null {
  const person = { subject: session.sub, name: session.name, unionId: session.unionId };
  const [provider = '', account = ''] = session.sub.split(/:(.*)/s);
  if (provider === DEMO_PROVIDER) {
    const role = ROLES.find((each) => each === account);
    return config.demoAccounts && role ? { ...person, role } : null;
  }
  const named = (people: ReadonlySet<string>) =>
    people.has(session.sub) ||
    people.has(account) ||
    (session.unionId !== null && people.has(session.unionId));
  return { ...person, role: named(config.admins) ? 'admin' : named(config.support) ? 'support' : 'viewer' };
}
