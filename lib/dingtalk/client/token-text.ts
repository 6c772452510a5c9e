import { z } from 'zod';

/** A token as a header and an address can carry it; what they cannot is no token, whatever an answer calls it. */
export const TOKEN_TEXT = z.string().regex(/^[\x21-\x7e]{1,4096}$/);
