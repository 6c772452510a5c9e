import { z } from 'zod';
import { ISSUE_CODES } from '#lib/domain/issues/issue.ts';

/** One kind of trouble, by its code. */
export const issueFilter = z.strictObject({ issue: z.enum(ISSUE_CODES).describe('Issue code.') });
