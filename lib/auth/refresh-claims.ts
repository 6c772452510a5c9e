import type { Config } from '#lib/config/config.ts';
import { type Employee, meantBy } from './dingtalk-arrival.ts';
import { readClaims } from './session-token.ts';

/**
 * What was kept of a sign-in with what DingTalk says of the person's rights now; null when that is the same, or when the
 * person came by another door.
 */
export const refreshClaimsBy =
  (config: Pick<Config, 'dingtalkRoles'>) =>
  (kept: object, now: Employee): object | null => {
    const claims = readClaims(kept);
    if (!claims || claims.unionId === null) return null;
    const asserted = { ...claims.asserted, ...meantBy(config, now) };
    return JSON.stringify(asserted) === JSON.stringify(claims.asserted ?? {})
      ? null
      : { ...claims, asserted };
  };
