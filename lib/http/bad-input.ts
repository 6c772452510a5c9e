import type { z } from 'zod';
import { AppError, type ErrorReason } from '#lib/domain/errors.ts';

type Issue = z.core.$ZodIssue;

/**
 * What is wrong with a request whose input does not fit its schema: the first issue, with the name of the parameter or
 * member of the body where it is one's fault. A schema may give an ErrorReason as its message.
 */
export function badInput({ issues }: Pick<z.ZodError, 'issues'>): AppError {
  const [issue] = issues;
  const message = issue?.message ?? '';
  const reason = message.startsWith('invalid-question.')
    ? (message as ErrorReason)
    : 'invalid-question.parameter';
  const parameter = issue && parameterOf(issue);
  return new AppError(reason, parameter === undefined ? {} : { parameter });
}

function parameterOf(issue: Issue): string | undefined {
  const [name] = issue.path;
  if (name !== undefined) return String(name);
  if (issue.code === 'unrecognized_keys') return issue.keys[0];
  if (issue.code !== 'invalid_union') return undefined;
  return issue.errors
    .flat()
    .map(parameterOf)
    .find((found) => found !== undefined);
}
