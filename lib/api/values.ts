import { z } from 'zod';

/** A moment in a response, ISO 8601 in UTC. */
export const time = z.iso.datetime();

/** A value of DingTalk's that may not have been reported. */
export const text = z.string().nullable();

export const count = z.number().int().min(0);

/** Something with a name; null where the name is not known. */
export const named = z.strictObject({ id: z.string(), name: text });

const concealed = z
  .strictObject({ concealed: z.literal(true) })
  .describe('Stands where a value is that this role may not see. It does not say whether there is one.')
  .meta({ id: 'Concealed' });

/** A value that no role sees in a response. */
export const secret = concealed;

/** A value that some roles do not see. */
export const concealable = <T extends z.ZodType>(value: T) => z.union([value, concealed]);

/** Nothing in the query, the body or the path. */
export const nothing = z.strictObject({});
