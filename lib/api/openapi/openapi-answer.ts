import { z } from 'zod';

/** The document as far as its own answer is concerned: what is in it is checked by a validator of OpenAPI. */
export const openapiDocument = z
  .looseObject({ openapi: z.literal('3.1.1'), paths: z.record(z.string(), z.looseObject({})) })
  .meta({ id: 'OpenapiDocument' });
