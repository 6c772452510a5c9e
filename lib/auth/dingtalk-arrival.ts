import type { Config } from '#lib/config/config.ts';
import { type Person, SignInRefused } from '#lib/dingtalk/people/directory.ts';
import { asAppError } from '#lib/domain/errors.ts';
import type { Arrival } from './arrival.ts';
import { DINGTALK_PROVIDER } from './subject.ts';

/** What DingTalk says of somebody's rights there. */
export type Employee = Pick<Person, 'admin' | 'roles'>;

/** The same, with those of their roles alone that mean something here. */
export const meantBy = ({ dingtalkRoles }: Pick<Config, 'dingtalkRoles'>, { admin, roles }: Employee) => ({
  admin,
  roles: roles.filter((role) => dingtalkRoles.admin.has(role) || dingtalkRoles.support.has(role)),
});

/** Who arrives from DingTalk, by whichever door, with those of their roles there that mean something here. */
export async function dingtalkArrival(
  config: Pick<Config, 'dingtalkRoles'>,
  ask: () => Promise<Person>,
): Promise<Arrival> {
  try {
    const person = await ask();
    const { unionId, name } = person;
    const asserted = meantBy(config, person);
    return { person: { provider: DINGTALK_PROVIDER, account: unionId, name, unionId, asserted } };
  } catch (error) {
    return { refusal: error instanceof SignInRefused ? error.reason : asAppError(error).reason };
  }
}
