import type { Config } from '#lib/config.ts';
import { type Person, SignInRefused } from '#lib/dingtalk/directory.ts';
import { asAppError } from '#lib/domain/errors.ts';
import type { Arrival } from './arrival.ts';
import { DINGTALK_PROVIDER } from './subject.ts';

/** Who arrives from DingTalk, by whichever door, with those of their roles there that mean something here. */
export async function dingtalkArrival(
  { dingtalkRoles }: Pick<Config, 'dingtalkRoles'>,
  ask: () => Promise<Person>,
): Promise<Arrival> {
  try {
    const { unionId, name, admin, roles } = await ask();
    const meant = roles.filter((role) => dingtalkRoles.admin.has(role) || dingtalkRoles.support.has(role));
    const told = { admin, roles: meant };
    return { person: { provider: DINGTALK_PROVIDER, account: unionId, name, unionId, told } };
  } catch (error) {
    return { refusal: error instanceof SignInRefused ? error.reason : asAppError(error).reason };
  }
}
