import type { From } from '#lib/domain/access.ts';
import { assertCan } from '#lib/domain/assert-can.ts';
import type { Device } from '#lib/domain/device.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Operator } from '#lib/domain/operator.ts';
import { HIDE_AFTER_SECONDS, type Revealed, type SecretName } from '#lib/domain/reveal.ts';
import { audited } from './audit.ts';
import type { ServiceContext } from './context.ts';
import { countSecretUse } from './secret-uses.ts';
import { knownTo } from './standing.ts';

/**
 * A secret of a device as it was last read; never calls DingTalk. It leaves only once the audit log says who was given it
 * and why. Throws not-permitted, device-not-found.not-known-yet, invalid-question.parameter for a controller that the
 * device does not have, too-many-questions.secrets, internal.audit.
 */
export async function reveal(
  context: Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId' | 'audit' | 'warn'>,
  operator: Operator,
  { ref, field, controller }: SecretName,
  { reason, from }: { reason: string; from: From },
): Promise<Revealed> {
  assertCan(operator.role, 'reveal');
  const { reading } = await knownTo(context, operator, ref);
  if (!reading) throw new AppError('device-not-found.not-known-yet');
  const { device } = await context.store.withTold(reading, ref);
  const value = secretOf(device, field, controller);
  await countSecretUse(context, 'reveal', operator, from);
  const deed = {
    ...{ by: operator, from, reason, action: 'revealed' as const },
    target: { kind: 'device' as const, id: device.deviceId ?? ref.id },
    about: controller === null ? field : `controllers.${controller}.${field}`,
  };
  return audited(context, deed, async () => ({ value, hideAfterSeconds: HIDE_AFTER_SECONDS }));
}

function secretOf(device: Device, field: SecretName['field'], controller: string | null): string | null {
  if (controller === null) return device[field];
  const named = device.controllers.find(
    (each) => each.deviceId === controller || each.unionId === controller,
  );
  if (!named || field !== 'castCode')
    throw new AppError('invalid-question.parameter', { parameter: 'controller' });
  return named.castCode;
}
