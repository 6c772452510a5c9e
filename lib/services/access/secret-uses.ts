import type { Caller } from '#lib/domain/access/access.ts';
import {
  SECRET_LIMITS,
  SECRET_WINDOW_MS,
  type SecretUse,
  type SecretUser,
} from '#lib/domain/access/secret-use.ts';
import type { AuditAction } from '#lib/domain/audit/audit.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';

type Counting = Pick<ServiceContext, 'store' | 'clock' | 'audit' | 'warn'>;

const AUDITED_AS: Record<SecretUse, AuditAction> = { search: 'searched-by-secret', reveal: 'revealed' };

/**
 * Counts a search by a secret or a reveal, over all instances, before it is answered. Throws too-many-questions.secrets
 * with the seconds until the hour is over when the person or the address is beyond its limit; the excess is audited,
 * logged and raises the service issue secret-limit-exceeded.
 */
export async function countSecretUse(context: Counting, caller: Caller, use: SecretUse): Promise<void> {
  const { operator, source } = caller;
  const users: { by: SecretUser; key: string; name: string }[] = [
    { by: 'person', key: operator.subject, name: operator.name },
    { by: 'address', key: source.address, name: source.address },
  ];
  const at = context.clock.now();
  const window = at - (at % SECRET_WINDOW_MS);
  for (const user of users) {
    const count = await context.store.countSecretUse({ use, ...user }, { window, at });
    const beyond = count - SECRET_LIMITS[use][user.by];
    if (beyond <= 0) continue;
    report(context, caller, { use, by: user.by, beyond });
    const retryAfterSeconds = Math.ceil((window + SECRET_WINDOW_MS - at) / 1_000);
    throw new AppError('too-many-questions.secrets', { retryAfterSeconds });
  }
}

type Excess = { use: SecretUse; by: SecretUser; beyond: number };

function report({ audit, warn }: Counting, { operator, source }: Caller, { use, by, beyond }: Excess) {
  const target = { kind: 'fleet', id: null } as const;
  audit.noteRefusal({ by: operator, source, action: AUDITED_AS[use], target, about: `limit=${by}` });
  // A script tries thousands of times. The service issue and the audit log have the exact number.
  if (beyond === 1) warn('limit of secrets exceeded', { use, by, subject: operator.subject, ...source });
}
