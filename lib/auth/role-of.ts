import type { Config } from '#lib/config/config.ts';
import { type Operator, ROLES, type Role, type RoleReason } from '#lib/domain/access/operator.ts';
import type { Asserted, SessionClaims } from './session-token.ts';
import { DEMO_PROVIDER, OIDC_PROVIDER, readSubject } from './subject.ts';

type Settings = Pick<Config, 'admins' | 'support' | 'demoAccounts' | 'oidc' | 'dingtalkRoles'>;
type Given = { role: Role; roleReason: RoleReason };

/**
 * The person behind a session, with the role that the configuration and what was asserted at sign-in give them now: the
 * highest of all, and of two equal ones the configuration's. Null when the configuration no longer lets them in, such
 * as a demo account on a desk that has none, or somebody of a provider that is no longer asked.
 */
export function operatorOf(settings: Settings, session: SessionClaims): Operator | null {
  const person = { subject: session.sub, name: session.name, unionId: session.unionId };
  const { provider, issuer, account } = readSubject(session.sub);
  if (provider === DEMO_PROVIDER) {
    const role = ROLES.find((each) => each === account);
    return settings.demoAccounts && role ? { ...person, role, roleReason: 'demo' } : null;
  }
  if (provider === OIDC_PROVIDER && issuer !== settings.oidc?.issuer) return null;
  const names = [session.sub, account, ...(session.unionId === null ? [] : [session.unionId])];
  const named = (people: ReadonlySet<string>) => names.some((name) => people.has(name));
  const given: Given[] = [
    ...(named(settings.admins) ? [gives('admin', 'configured-admin')] : []),
    ...(named(settings.support) ? [gives('support', 'configured-support')] : []),
    ...givenBy(session.asserted ?? {}, settings),
  ];
  return { ...person, ...highest(given) };
}

/** The role that each assertion gives. A claim counts only while the configuration names one. */
function givenBy(asserted: Asserted, { oidc, dingtalkRoles }: Settings): Given[] {
  const holds = (names: ReadonlySet<string>) => asserted.roles?.some((name) => names.has(name)) ?? false;
  return [
    ...(asserted.claim && oidc?.roleClaim ? [gives(asserted.claim, 'claim')] : []),
    ...(asserted.admin ? [gives('admin', 'dingtalk-admin')] : []),
    ...(holds(dingtalkRoles.admin) ? [gives('admin', 'dingtalk-role')] : []),
    ...(holds(dingtalkRoles.support) ? [gives('support', 'dingtalk-role')] : []),
  ];
}

const gives = (role: Role, roleReason: RoleReason): Given => ({ role, roleReason });

function highest(given: Given[]): Given {
  const best = [...ROLES].reverse().flatMap((role) => given.find((each) => each.role === role) ?? []);
  return best[0] ?? gives('viewer', 'everyone');
}
