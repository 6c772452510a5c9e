import { AppError } from '#lib/domain/errors.ts';
import { type Action, can, type Role } from './operator.ts';

/** Throws not-permitted.role unless the role may do the action. Every verb of the services that is not for all begins so. */
export function assertCan(role: Role, action: Action): void {
  if (!can(role, action)) throw new AppError('not-permitted.role');
}
