import { z } from 'zod';
import { FINDING_CODES } from '#lib/domain/findings/finding.ts';

/** One kind of trouble, by its code. */
export const findingQuestion = z.strictObject({ finding: z.enum(FINDING_CODES) });
