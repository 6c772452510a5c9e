export const ROLES = ['viewer', 'support', 'admin'] as const;

/** What a person may do here. Each role may do what the one before it may. */
export type Role = (typeof ROLES)[number];

/** Why somebody has their role: the closed list of what can give one. */
export const ROLE_REASONS = [
  'configured-admin',
  'configured-support',
  'claim',
  'dingtalk-admin',
  'dingtalk-role',
  'everyone',
  'demo',
] as const;

export type RoleReason = (typeof ROLE_REASONS)[number];

/** The signed-in person. `unionId` is set only for people who came through DingTalk. */
export type Operator = {
  /** Stable name of the person: provider and subject, such as `dingtalk:lPHh...iEiE`. */
  subject: string;
  name: string;
  role: Role;
  /** What gave them the role; absent where it came with something else than a sign-in. */
  roleReason?: RoleReason;
  unionId: string | null;
};

/** The closed list of what can be allowed or not. */
export type Action =
  | 'see-state'
  | 'see-identity'
  | 'see-network'
  | 'find-by-secret'
  | 'ask-live'
  | 'see-raw'
  | 'export'
  | 'see-events'
  | 'see-service'
  | 'run-discovery'
  | 'check-connection'
  | 'reveal'
  | 'see-audit'
  | 'acknowledge-audit-gap'
  | 'manage-people'
  | 'manage-tokens'
  | 'manage-alerts'
  | 'own-account'
  | 'tell-check'
  | 'see-notes'
  | 'write-notes'
  | 'remove-any-note';

const LEAST: Record<Action, Role> = {
  'see-state': 'viewer',
  'own-account': 'viewer',
  'tell-check': 'viewer',
  'see-identity': 'support',
  'see-network': 'support',
  'see-raw': 'support',
  'ask-live': 'support',
  export: 'support',
  'see-events': 'support',
  'see-notes': 'support',
  'write-notes': 'support',
  'find-by-secret': 'admin',
  'see-service': 'admin',
  'run-discovery': 'admin',
  'check-connection': 'admin',
  reveal: 'admin',
  'see-audit': 'admin',
  'acknowledge-audit-gap': 'admin',
  'remove-any-note': 'admin',
  'manage-people': 'admin',
  'manage-tokens': 'admin',
  'manage-alerts': 'admin',
};

/**
 * What a program's token may not do whatever its role: to let in, to shut out, to have the desk write to somebody, to see
 * what needs a reason or is found by guessing, to speak as somebody in a room, and to spend calls on a look that only a person reads.
 */
export const NEVER_BY_TOKEN: ReadonlySet<Action> = new Set([
  'own-account',
  'manage-people',
  'manage-tokens',
  'manage-alerts',
  'reveal',
  'find-by-secret',
  'tell-check',
  'check-connection',
  'acknowledge-audit-gap',
]);

/** Whether the role may do the action. Pure: the decision itself is made on the server. */
export function can(role: Role, action: Action): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(LEAST[action]);
}
