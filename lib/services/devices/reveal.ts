import type { Revealed } from '#lib/api/devices/device-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import { HIDE_AFTER_SECONDS, type SecretName } from '#lib/domain/devices/reveal.ts';
import { AppError } from '#lib/domain/errors.ts';
import { countSecretUse } from '#lib/services/access/secret-uses.ts';
import { audited } from '#lib/services/audit/audit.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { visibleReading } from './device-access.ts';

/**
 * A secret of a device as it was last read; never calls DingTalk. It leaves only once the audit log says who was given it
 * and why. Throws not-permitted, device-not-found.not-known-yet, invalid-question.parameter for a controller that the
 * device does not have, too-many-questions.secrets, internal.audit.
 */
export async function reveal(
  context: Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId' | 'audit' | 'warn'>,
  caller: Caller,
  { secret: { ref, field, controller }, reason }: { secret: SecretName; reason: string },
): Promise<Revealed> {
  const { operator, source } = caller;
  assertCan(operator.role, 'reveal');
  const { reading } = await visibleReading(context, operator, ref);
  if (!reading) throw new AppError('device-not-found.not-known-yet');
  const { device } = await context.store.withOverrides(reading, ref);
  const value = secretOf(device, field, controller);
  await countSecretUse(context, caller, 'reveal');
  const auditEntry = {
    by: operator,
    source,
    reason,
    action: 'revealed' as const,
    target: { kind: 'device' as const, id: device.deviceId ?? ref.id },
    about: controller === null ? field : `controllers.${controller}.${field}`,
  };
  return audited(context, auditEntry, async () => ({ value, hideAfterSeconds: HIDE_AFTER_SECONDS }));
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
